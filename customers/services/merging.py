"""Two files of the same firm become one (CUS-1): nothing of the other is lost."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.services import audit, audit_subject
from customers.models import Customer, Likeness, LikenessKey
from customers.rules.files import FILLED, said_otherwise
from customers.services.files import file_locked
from customers.services.likeness import likeness_keep
from customers.services.refusals import ChangedMeanwhile, FileRefusal
from notices.services import notice_send
from payroll.models import PayMonth
from payroll.services import close_follow

MEMORIES = (Likeness, LikenessKey)  # what the other was called still leads to the one that stands


def what_points_at(file: Customer) -> Iterator[tuple[Any, str, "models.QuerySet[Any]"]]:
    """Every table with rows about a file, in whatever app: its model, the field, the rows."""
    for relation in Customer._meta.related_objects:
        model: Any = relation.related_model
        if model not in MEMORIES:
            name = relation.field.name
            yield model, name, model._base_manager.filter(**{name: file.pk})


def counts_of(file: Customer) -> dict[str, int]:
    """How many rows of which kind are about a file, as people call them."""
    found: Counter[str] = Counter()
    for model, _name, rows in what_points_at(file):
        if n := rows.count():
            found[str(model._meta.verbose_name_plural)] += n
    return dict(found)


@transaction.atomic
def files_merge(*, actor: Any, keep: Customer, other: Customer, reason: str) -> Customer:
    """Everything of `other` becomes part of `keep`; what `keep` does not say is taken over. The
    other row stays as a sign of where it went, with what it said otherwise (`said_otherwise`), and
    is found by it still.

    A row that stands at both already (the same visit, the same tag) stays with the other and is
    told. Never done by the program itself: two firms of one name are two firms. Raises
    `FileRefusal`, and `ChangedMeanwhile` where one of the two is merged by now.
    """
    if keep.pk == other.pk:
        raise FileRefusal(_("That is this file itself."), field="other")
    first, second = (file_locked(pk) for pk in sorted((keep.pk, other.pk)))
    kept, gone = (first, second) if first.pk == keep.pk else (second, first)
    moved, stayed = _moved(gone, kept)
    taken = _fill(kept, gone)
    rows = Customer.objects.filter(pk=gone.pk, merged_into=None)
    if rows.update(merged_into=kept.pk, owner=None) != 1:
        raise ChangedMeanwhile()
    _tell(actor, kept, gone, reason.strip(), moved, stayed, taken)
    for month in PayMonth.objects.filter(state=PayMonth.State.CLOSED):
        close_follow(month=month.month, actor=actor)
    kept.refresh_from_db()
    for each in (gone, kept):
        likeness_keep(each)
    return kept


def _moved(gone: Customer, kept: Customer) -> tuple[dict[str, int], dict[str, int]]:
    """How many rows of each table went over, and how many could not."""
    moved: Counter[str] = Counter()
    stayed: Counter[str] = Counter()
    for model, name, rows in what_points_at(gone):
        label = model._meta.model_name
        ids = list(rows.values_list("pk", flat=True))
        went = _go_over(model, name, ids, kept)
        moved[label] += went
        stayed[label] += len(ids) - went
    return {k: n for k, n in moved.items() if n}, {k: n for k, n in stayed.items() if n}


def _go_over(model: Any, name: str, ids: list[Any], kept: Customer) -> int:
    """All at once; one by one where some stand at the other file already."""
    rows = model._base_manager
    try:
        with transaction.atomic():
            return int(rows.filter(pk__in=ids).update(**{name: kept.pk}))
    except IntegrityError:
        return sum(_goes_over(rows, name, pk, kept) for pk in ids)


def _goes_over(rows: Any, name: str, pk: Any, kept: Customer) -> int:
    try:
        with transaction.atomic():
            return int(rows.filter(pk=pk).update(**{name: kept.pk}))
    except IntegrityError:
        return 0


def _fill(kept: Customer, gone: Customer) -> dict[str, Any]:
    """What only the other said is taken over; who was not to be disturbed still is not. Before and
    after of what was filled in."""
    values: dict[str, Any] = {
        name: getattr(gone, name)
        for name in FILLED
        if not getattr(kept, name) and getattr(gone, name)
    }
    if gone.note:
        values["note"] = "\n".join(filter(None, (kept.note, gone.note)))
    if gone.do_not_disturb:
        values["do_not_disturb"] = True
    if kept.owner_id is None and gone.owner_id is not None:
        values["owner"] = gone.owner_id
    if values:
        Customer.objects.filter(pk=kept.pk).update(**values)
    values.pop("owner", None)  # said of the other file, whose it was
    return {name: [getattr(kept, name), value] for name, value in values.items()}


def _tell(
    actor: Any,
    kept: Customer,
    gone: Customer,
    reason: str,
    moved: dict[str, int],
    stayed: dict[str, int],
    taken: dict[str, Any],
) -> None:
    """The trail of both files, and their owners. What the other said otherwise stands in its own,
    beside what stands now."""
    said: dict[str, Any] = {"reason": [None, reason], "moved": moved, **taken}
    if stayed:
        said["stayed"] = stayed
    if kept.owner_id is None and gone.owner_id is not None:
        said["owner"] = [None, gone.owner_id]
    said |= actor.in_place_of("manager")
    audit(
        actor=actor,
        action="merge",
        subject=audit_subject(kept),
        changes={"merged": f"{gone.customer_no} {gone.name}", **said},
    )
    audit(
        actor=actor,
        action="merged",
        subject=audit_subject(gone),
        changes={
            "merged_into": [None, kept.pk],
            "owner": [gone.owner_id, None],
            "reason": [None, reason],
            **{
                name: [getattr(gone, name), getattr(kept, name)]
                for name in said_otherwise(gone, kept)
                if name not in taken
            },
        },
    )
    for person in {p for p in (kept.owner, gone.owner) if p is not None}:
        sees = person.pk == (kept.owner_id or gone.owner_id)
        notice_send(
            people=[person],
            key=f"customer/{gone.pk}/merged",
            text=gettext_noop("Your customers' files were merged: %(other)s is %(no)s now")
            if sees
            else gettext_noop("The file %(other)s was merged with another of the same firm"),
            values={"other": f"{gone.customer_no} {gone.name}", "no": kept.customer_no},
            url=reverse("customer", args=[kept.customer_no]) if sees else reverse("customers"),
        )
