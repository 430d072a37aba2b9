"""How rows are changed as they were seen, and what the audit trail keeps of it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.services import audit, audit_subject


class PerformanceRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


class ChangedMeanwhile(PerformanceRefused):
    """Somebody else was first; the message says so."""


def as_said(value: Any) -> Any:
    """A value as the audit trail keeps it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, models.Model):
        return getattr(value, "employee_no", str(value.pk))
    return str(value)


def change(row: Any, *, action: str, actor: Any, said: Any = None, **values: Any) -> Any:
    """Change a row that is still as it was seen, with an audit row; gives it as it is now.

    `said`: what the audit row says besides. Raises `ChangedMeanwhile`.
    """
    seen = type(row).objects.filter(pk=row.pk, version=row.version)
    if hasattr(row, "state"):
        seen = seen.filter(state=row.state)
    if seen.update(version=row.version + 1, **values) != 1:
        raise ChangedMeanwhile(_("It was changed meanwhile; look again."))
    changes = {
        name: [as_said(getattr(row, name)), as_said(value)]
        for name, value in values.items()
        if getattr(row, name) != value
    }
    audit(
        actor=actor, action=action, subject=audit_subject(row), changes={**changes, **(said or {})}
    )
    return type(row).objects.get(pk=row.pk)
