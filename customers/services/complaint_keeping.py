"""How complaints are changed as they were seen, and what is kept of it (COM-1)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.files.reading import ReadFile
from core.files.services import file_keep
from customers.models import Complaint, ComplaintStep, Visit
from customers.services.changing import change_audited
from customers.services.refusals import ChangedMeanwhile, ComplaintRefused

COMPLAINT = "complaint"  # the kind of its private files


def complaint_change(row: Complaint, *, action: str, actor: Any, **values: Any) -> Complaint:
    """Change a complaint that is still as it was seen, with its audit row; gives it as it is now.

    Raises `ChangedMeanwhile`.
    """
    changed = change_audited(row, action=action, actor=actor, **values)
    people = ("about", "handler", "taken_by__supervisor")
    found: Complaint = Complaint.objects.select_related(*people).get(pk=changed.pk)
    return found


def step_add(
    row: Complaint,
    kind: str,
    *,
    by: Person | None,
    text: str = "",
    on: date | None = None,
    satisfaction: int | None = None,
    visit: Visit | None = None,
    token: UUID | None = None,
) -> ComplaintStep:
    """What happened, for the complaint's page. In the caller's transaction."""
    return ComplaintStep.objects.create(
        complaint=row,
        kind=kind,
        by=by,
        text=text.strip(),
        on=on or clock.today(),
        satisfaction=satisfaction,
        visit=visit,
        token=token,
    )


def must_be(row: Complaint, *states: str) -> None:
    """Raise `ChangedMeanwhile` for a complaint that was seen in another state."""
    if row.state not in states:
        raise ChangedMeanwhile(
            _("The complaint is %(state)s by now.") % {"state": row.get_state_display()}
        )


def must_say(text: str, why: str) -> str:
    """What was typed, without blanks around it. Raises `ComplaintRefused` where it is nothing."""
    if not text.strip():
        raise ComplaintRefused(why)
    return text.strip()


def photos_keep(*, row: Complaint, files: Iterable[ReadFile], actor: Any) -> None:
    """Keep photos and scans. In the caller's transaction. Raises `FileRefused`."""
    for read in files:
        file_keep(upload=read, actor=actor, kind=COMPLAINT, owner=str(row.pk))
