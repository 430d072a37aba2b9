"""The cutoff's snapshot, taken down with the close (CUT-1, CUT-3)."""

from accounts.models import Person
from core.months import CollectionMonth
from payroll.context import CloseContext
from receivables.models import CutoffMonth, CutoffSnapshot
from receivables.querysets import collection_month_of, held_slips, payment_facts
from receivables.rules.custody import Snapshot, snapshots


def cutoff_snapshot_keep(*, context: CloseContext) -> None:
    """Keep the boundaries of the collection month, and every salesperson's snapshot.

    Runs in the close's transaction, whenever that is after the cutoff: the same facts give the
    same snapshot. Lists every salesperson on file for the month, zeros kept.
    """
    month = collection_month_of(context.collection_month)
    if context.as_of < month.cutoff:
        return
    CutoffMonth.objects.get_or_create(
        month=month.month, defaults={"after": month.after, "cutoff": month.cutoff}
    )
    found = snapshots(payment_facts(month), held_slips(month.cutoff), month)
    wanted = {
        p.employee_no: found.get(p.employee_no, Snapshot())
        for p in context.people
        if p.employed_in(context.month) or p.employee_no in found
    }
    _snapshots_converge(month=month, wanted=wanted)


def _snapshots_converge(*, month: CollectionMonth, wanted: dict[str, Snapshot]) -> None:
    known = {
        s.person.employee_no: s
        for s in CutoffSnapshot.objects.filter(month=month.month).select_related("person")
    }
    right = {
        no
        for no, s in known.items()
        if no in wanted and wanted[no] == Snapshot(s.handed_in, s.in_hand, s.slips_held)
    }
    CutoffSnapshot.objects.filter(
        pk__in=[s.pk for no, s in known.items() if no not in right]
    ).delete()
    ids = dict(Person.objects.values_list("employee_no", "id"))
    CutoffSnapshot.objects.bulk_create(
        [
            CutoffSnapshot(
                month=month.month,
                person_id=ids[no],
                handed_in=s.handed_in,
                in_hand=s.in_hand,
                slips_held=s.slips_held,
            )
            for no, s in wanted.items()
            if no not in right
        ]
    )
