"""The daily oral report, ticked (REP-2)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from policy.querysets import workdays
from reports.models import OralReport
from reports.rules.oral import can_be_ticked
from reports.services.keeping import change_audited, made_audited
from reports.services.refusals import ChangedMeanwhile, ReportsRefused

NOT_TICKED = -1  # what is seen where nothing is ticked yet


@transaction.atomic
def oral_tick(
    *, person: Person, on: date, way: str, note: str, seen: int, actor: Any
) -> OralReport:
    """Tick that somebody reported on a day, or correct what was noted (`seen`: its version, or
    `NOT_TICKED`). Ticked twice, it is ticked once.

    Raises `ReportsRefused` for a day on which nobody reports, `ChangedMeanwhile`.
    """
    if way not in OralReport.Way.values:
        raise ReportsRefused(_("Say in what way they reported."))
    if not can_be_ticked(on, clock.today(), workdays()):
        raise ReportsRefused(_("Oral reports are ticked for a workday of the last seven days."))
    said = {"way": way, "note": note.strip()}
    row: OralReport
    row, new = OralReport.objects.get_or_create(
        person=person, on=on, defaults={**said, "heard_by": actor, "heard_at": clock.now()}
    )
    if new:
        made_audited(row, action="oral report ticked", actor=actor, on=on, **said)
        return row
    if seen == NOT_TICKED:
        if (row.way, row.note) == (way, note.strip()):
            return row
        raise ChangedMeanwhile(_("It was ticked meanwhile; look again."))
    row.version = seen
    changed: OralReport = change_audited(
        row, action="oral report corrected", actor=actor, heard_by=actor, **said
    )
    return changed


@transaction.atomic
def oral_untick(*, report: OralReport, actor: Any) -> None:
    """Take back a tick that was a mistake, on its own day."""
    if report.on != clock.today():
        raise ReportsRefused(_("A tick is taken back on its own day alone."))
    made_audited(report, action="oral report taken back", actor=actor, on=report.on)
    OralReport.objects.filter(pk=report.pk).delete()
