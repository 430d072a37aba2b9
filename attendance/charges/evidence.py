"""What the charges of a day rest on, in words: punches, outings, leave (ATT-1, ATT-6)."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_noop

from attendance.rules.days import Cause, DayVerdict, Half, Incident, Span
from core import clock
from payroll.rules import Evidence

CAUSE_TEXT = {
    Cause.LATE: gettext_noop("{date}: came at {punched}, due at {due}"),
    Cause.EARLY: gettext_noop("{date}: left at {punched}, due until {due}"),
    Cause.MISSING: gettext_noop("{date}: no punch for {due}"),
}
OUTING_TEXT = {
    Cause.LATE: gettext_noop("{date}: out from {punched} on, due at {due}"),
    Cause.EARLY: gettext_noop("{date}: out until {punched}, due until {due}"),
}
ABSENT_TEXT = {
    Half.AM: gettext_noop("{date} morning: not at work, no approved leave or trip"),
    Half.PM: gettext_noop("{date} afternoon: not at work, no approved leave or trip"),
}
EXCESS_TEXT = {
    Half.AM: gettext_noop("{date} morning: past the month's leave allowance"),
    Half.PM: gettext_noop("{date} afternoon: past the month's leave allowance"),
}


def incident_evidence(employee_no: str, day: date, incident: Incident) -> Evidence:
    """By what the side was judged: a punch, nothing, or the end of an outing, which is named."""
    values = {
        "date": str(day),
        "due": f"{clock.local(incident.due):%H:%M}",
        "punched": f"{clock.local(incident.punched):%H:%M:%S}" if incident.punched else "",
    }
    if incident.outing:
        row = _outing_row(employee_no, incident.outing)
        return Evidence("outings", row, OUTING_TEXT[incident.cause], values)
    return Evidence("punches", f"{employee_no} {day}", CAUSE_TEXT[incident.cause], values)


def punch_list(employee_no: str, verdict: DayVerdict) -> Evidence:
    times = ", ".join(f"{clock.local(at):%H:%M:%S}" for at in verdict.punches)
    return Evidence(
        "punches",
        f"{employee_no} {verdict.day}",
        gettext_noop("punches of the day: {times}"),
        {"times": times or "—"},
    )


def outing_list(employee_no: str, verdict: DayVerdict | None) -> Iterator[Evidence]:
    """The outings of a day, each by its own row."""
    for outing in verdict.outings if verdict else ():
        yield Evidence(
            "outings",
            _outing_row(employee_no, outing),
            gettext_noop("outing from {start} until {end}"),
            {
                "start": f"{clock.local(outing.start):%H:%M}",
                "end": f"{clock.local(outing.end):%H:%M}",
            },
        )


def absence_evidence(employee_no: str, day: date, half: Half, leave: str) -> Evidence:
    if leave:
        return Evidence("leave", f"{employee_no} {leave}", EXCESS_TEXT[half], {"date": str(day)})
    return Evidence("punches", f"{employee_no} {day}", ABSENT_TEXT[half], {"date": str(day)})


def _outing_row(employee_no: str, outing: Span) -> str:
    return f"{employee_no} {clock.local(outing.start):%Y-%m-%dT%H:%M:%S}"
