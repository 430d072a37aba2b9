"""Targets from a file (TAR-1)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from accounts.models import Person
from accounts.services import in_place
from core.models import AuditRow
from core.services import BATCH
from core.tables.staging import batched
from core.tables.table import Row, Saved
from core.tables.writing import cell_text
from performance.models import Target

Key = tuple[int | None, str, str]


def targets_replace(*, rows: Iterable[Row], actor: Any) -> Saved:
    """Set what a file says, each target of a person or a team and a period; amounts in yuan. Who
    had one of them open meanwhile is told.

    Runs in the caller's transaction. Raises `IntegrityError` where another set one meanwhile.
    """
    new = changed = same = 0
    for some in batched(rows, BATCH):
        saved = _replace(some, actor)
        new, changed, same = new + saved.new, changed + saved.changed, same + saved.same
    return Saved(new, changed, same)


def _replace(rows: Sequence[Row], actor: Any) -> Saved:
    numbers = {row["employee_no"] for row in rows} - {""}
    people = Person.objects.filter(employee_no__in=numbers)
    ids = dict(people.values_list("employee_no", "id"))
    standing = _standing(rows, ids)
    new: list[Target] = []
    changed: list[Target] = []
    audits: list[AuditRow] = []
    for row in rows:
        key = (ids.get(row["employee_no"]), row["team"], row["period"])
        target = standing.get(key)
        if target is None:
            person, team, period = key
            new.append(
                Target(person_id=person, team=team, period=period, amount=row["amount"], version=1)
            )
        elif target.amount != row["amount"]:
            audits.append(_audit(row, target, actor))
            target.amount, target.version = row["amount"], target.version + 1
            changed.append(target)
    Target.objects.bulk_create(new)
    Target.objects.bulk_update(changed, ["amount", "version"])
    AuditRow.objects.bulk_create(audits)
    return Saved(len(new), len(changed), len(rows) - len(new) - len(changed))


def _standing(rows: Sequence[Row], ids: dict[str, int]) -> dict[Key, Target]:
    """What is set by now for whom and when the rows speak of, held until it is written."""
    teams = {row["team"] for row in rows} - {""}
    found = Target.objects.filter(
        Q(person__in=ids.values()) | Q(team__in=teams),
        period__in={row["period"] for row in rows},
    )
    locked = found.order_by("pk").select_for_update()
    return {(each.person_id, each.team, each.period): each for each in locked}


def _audit(row: Row, target: Target, actor: Any) -> AuditRow:
    return AuditRow(
        actor=actor,
        action="replace",
        subject=f"target {row['employee_no'] or row['team']} {row['period']}"[:80],
        changes={
            "amount": [cell_text(target.amount), cell_text(row["amount"])],
            **in_place(actor, "manager", "leader"),
        },
    )
