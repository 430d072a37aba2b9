"""Writes of the policy: only ever forward."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from core.services import audit, facts_replace
from core.tables.table import Row, Saved
from policy.models import PolicyFreeze, PolicyParameter
from policy.rules import means_same

BROUGHT = "policy values"


def parameters_replace(*, rows: Iterable[Row], actor: Any) -> Saved:
    """Write versions from a file. A value that only looks different stays as it was written.

    A spreadsheet makes 16:00:00 of 16:00; a version in force takes no change for that. Who brought
    the values of a day is kept in the audit trail. In the caller's transaction.
    """
    key = ("effective_on", "parameter")
    standing = {(p.effective_on, p.parameter): p.value for p in PolicyParameter.objects.all()}

    brought: dict[date, dict[str, list[str]]] = defaultdict(dict)

    def kept(row: Row) -> Row:
        before = standing.get((row["effective_on"], row["parameter"]))
        if before is None:
            brought[row["effective_on"]][row["parameter"]] = ["", row["value"]]
        is_same = before is not None and means_same(row["parameter"], before, row["value"])
        return {**row, "value": before} if is_same else row

    saved = facts_replace(model=PolicyParameter, key=key, rows=map(kept, rows), actor=actor)
    for day, changes in sorted(brought.items()):
        audit(actor=actor, action=BROUGHT, subject=version_subject(day), changes=changes)
    return saved


def version_subject(day: date) -> str:
    """What the audit trail calls the version that begins on a day."""
    return f"policyversion {day}"


def policy_freeze(*, through: date) -> None:
    """Settle the policy up to and with a day: a month that ends there has become final (POL-1)."""
    PolicyFreeze.objects.get_or_create(through=through)
