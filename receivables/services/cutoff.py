"""The cutoff's snapshot, taken down with the close (CUT-1, CUT-3)."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from core.months import CollectionMonth
from payroll.context import CloseContext, Keep
from receivables.models import CutoffMonth, CutoffSnapshot
from receivables.querysets.months import bounds_of, month_payments, month_slips
from receivables.rules.custody import Snapshot, snapshots


def cutoff_snapshot(context: CloseContext) -> Keep | None:
    """Read what the cutoff's snapshot says of these people; what comes back writes it down.

    The same facts give the same snapshot, whenever that is after the cutoff. Lists every
    salesperson on file for the month, zeros kept.
    """
    month = context.read(bounds_of)
    if not context.has_come(month.cutoff):
        return None
    found = snapshots(context.read(month_payments), month_slips(context), month)
    wanted = {
        p.employee_no: found.get(p.employee_no, Snapshot())
        for p in context.people
        if p.employed_in(context.month) or p.employee_no in found
    }

    def keep(ids: Mapping[str, int]) -> None:
        CutoffMonth.objects.get_or_create(
            month=month.month, defaults={"after": month.after, "cutoff": month.cutoff}
        )
        _snapshots_converge(context=context, month=month, wanted=wanted, ids=ids)

    return keep


def _snapshots_converge(
    *,
    context: CloseContext,
    month: CollectionMonth,
    wanted: Mapping[str, Snapshot],
    ids: Mapping[str, int],
) -> None:
    rows = context.among(
        CutoffSnapshot.objects.filter(month=month.month).order_by("person")
    ).values_list("person__employee_no", "id", "handed_in", "in_hand", "slips_held")
    known = {no: (pk, Snapshot(*said)) for no, pk, *said in cast(Iterable[tuple[Any, ...]], rows)}
    right = {no for no, (_pk, said) in known.items() if wanted.get(no) == said}
    wrong = [pk for no, (pk, _said) in known.items() if no not in right]
    if wrong:
        CutoffSnapshot.objects.filter(pk__in=wrong).delete()
    CutoffSnapshot.objects.bulk_create(
        CutoffSnapshot(
            month=month.month,
            person_id=ids[no],
            handed_in=said.handed_in,
            in_hand=said.in_hand,
            slips_held=said.slips_held,
        )
        for no, said in wanted.items()
        if no not in right
    )
