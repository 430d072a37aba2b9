"""How rows are changed as they were seen, and what the audit trail keeps of it."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.services import audit, audit_subject
from customers.services.refusals import ChangedMeanwhile


def as_said(value: Any) -> Any:
    """A value as the audit trail keeps it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, models.Model):
        return getattr(value, "employee_no", str(value.pk))
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def change_audited(row: Any, *, action: str, actor: Any, more: Any = None, **values: Any) -> Any:
    """Change a row that is still as it was seen, with an audit row; gives it as it is now.

    `more`: what else the audit row says. Raises `ChangedMeanwhile` for who comes second.
    """
    seen = type(row).objects.filter(pk=row.pk, version=row.version)
    if seen.update(version=row.version + 1, **values) != 1:
        raise ChangedMeanwhile(_("It was changed meanwhile; look again."))
    changes = {
        name: [as_said(getattr(row, name)), as_said(value)]
        for name, value in values.items()
        if getattr(row, name) != value
    }
    said = {**changes, **(more or {})}
    audit(actor=actor, action=action, subject=audit_subject(row), changes=said)
    return type(row).objects.get(pk=row.pk)
