"""How projects and requests are changed as they were seen, and why they are not."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.services import audit, audit_subject


class ProjectRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


class SeenOtherwise(ProjectRefused):
    """Somebody else was first: what was seen is no longer so."""


def as_said(value: Any) -> Any:
    """A value as the audit trail keeps it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def change_seen(
    row: Any,
    *,
    action: str,
    actor: Any,
    told: tuple[str, ...] = (),
    more: Mapping[str, Any] | None = None,
    **values: Any,
) -> Any:
    """Change a row that is still as it was seen, with an audit row; gives it as it is now.

    `told`: the fields whose values the audit trail tells; customers are trade secrets, and it is
    read by others than they are (CUS-2). `more`: what else it says. Raises `SeenOtherwise`.
    """
    seen = type(row).objects.filter(pk=row.pk, version=row.version)
    if seen.update(version=row.version + 1, **values) != 1:
        raise SeenOtherwise(_("It was changed meanwhile; look again."))
    changes = {name: [as_said(getattr(row, name)), as_said(values[name])] for name in told}
    said = {**changes, **(more or {})}
    audit(actor=actor, action=action, subject=audit_subject(row), changes=said)
    return type(row).objects.get(pk=row.pk)
