"""How rows are changed as they were seen, what the trail keeps of it, and why they are not."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.services import audit, audit_subject
from customers.services.refusals import ChangedMeanwhile


class ProjectRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


class SeenOtherwise(ProjectRefused):
    """Somebody else was first: what was seen is no longer so."""


def as_said(value: Any) -> Any:
    """A value as the audit trail keeps it; the history names who or what a number means."""
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
    """Change a row of projects that is still as it was seen, with an audit row; gives it as it is
    now.

    `told`: the fields whose values the audit trail tells; customers are trade secrets, and it is
    read by others than they are (CUS-2). `more`: what else it says. Raises `SeenOtherwise`.
    """
    return _change(row, action, actor, told, more, values, SeenOtherwise)


def change_audited(
    row: Any, *, action: str, actor: Any, more: Mapping[str, Any] | None = None, **values: Any
) -> Any:
    """Change a row that is still as it was seen, with an audit row of all that became another;
    gives it as it is now.

    `more`: what else the audit row says. Raises `ChangedMeanwhile` for who comes second.
    """
    told = tuple(name for name, value in values.items() if getattr(row, name) != value)
    return _change(row, action, actor, told, more, values, ChangedMeanwhile)


def _change(
    row: Any,
    action: str,
    actor: Any,
    told: tuple[str, ...],
    more: Mapping[str, Any] | None,
    values: Mapping[str, Any],
    refusal: type[Exception],
) -> Any:
    seen = type(row).objects.filter(pk=row.pk, version=row.version)
    if seen.update(version=row.version + 1, **values) != 1:
        raise refusal(_("It was changed meanwhile; look again."))
    changes = {name: [as_said(getattr(row, name)), as_said(values[name])] for name in told}
    said = {**changes, **(more or {})}
    audit(actor=actor, action=action, subject=audit_subject(row), changes=said)
    return type(row).objects.get(pk=row.pk)
