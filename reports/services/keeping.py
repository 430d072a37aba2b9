"""How rows are changed as they were seen, and what the audit trail keeps of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core import clock
from core.services import audit, audit_subject
from reports.services.refusals import ChangedMeanwhile

TRAINING = "training"


def as_said(value: Any) -> Any:
    """A value as the audit trail keeps it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, models.Model):
        return getattr(value, "employee_no", str(value.pk))
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def change(row: Any, **values: Any) -> None:
    """Change a row that is still as it was seen, or raise `ChangedMeanwhile`."""
    seen = type(row).objects.filter(pk=row.pk, version=row.version)
    if seen.update(version=row.version + 1, **values) != 1:
        raise ChangedMeanwhile(_("It was changed meanwhile; look again."))


def changes_of(row: Any, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What differs, before and after, for the audit trail."""
    return {
        name: [as_said(getattr(row, name)), as_said(value)]
        for name, value in values.items()
        if getattr(row, name) != value
    }


def change_audited(row: Any, *, action: str, actor: Any, reason: str = "", **values: Any) -> Any:
    """Change a row as it was seen, with an audit row; gives it as it is now."""
    change(row, **values)
    changes = changes_of(row, values)
    if reason:
        changes["reason"] = [None, reason]
    audit(actor=actor, action=action, subject=audit_subject(row), changes=changes)
    return type(row).objects.get(pk=row.pk)


def made_audited(row: Any, *, action: str, actor: Any, **said: Any) -> None:
    """The audit row of what was made."""
    changes = {
        name: [None, as_said(value)] for name, value in said.items() if value not in ("", None)
    }
    audit(actor=actor, action=action, subject=audit_subject(row), changes=changes)


def is_past(instant: datetime) -> bool:
    return instant <= clock.now()
