"""A judged day in plain words."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attendance.boards.days import JudgedDay, Mark, Phase
from attendance.rules.days import WHOLE_DAY, Cause, Half, Incident, Side, Span
from attendance.rules.today import Presence
from core import clock


def clock_text(instant: datetime | None) -> str:
    """The time of day on the company's clock, to the minute."""
    return f"{clock.local(instant):%H:%M}" if instant else ""


def mark_name(mark: Mark) -> str:
    return {
        Mark.ABSENT: lambda: pgettext("attendance", "absent"),
        Mark.MISSING: lambda: pgettext("attendance", "missing punch"),
        Mark.LATE: lambda: pgettext("attendance", "late"),
        Mark.EARLY: lambda: pgettext("attendance", "left early"),
        Mark.EXCUSED: lambda: pgettext("attendance", "excused"),
        Mark.TRIP: lambda: pgettext("attendance", "trip"),
        Mark.LEAVE: lambda: pgettext("attendance", "leave"),
        Mark.OUTING: lambda: pgettext("attendance", "outing"),
        Mark.PRESENT: lambda: pgettext("attendance", "in time"),
    }[mark]()


def mark_sign(mark: Mark) -> str:
    """One letter, for where there is no room: colour alone says nothing to many."""
    return {
        Mark.ABSENT: lambda: pgettext("sign of absent", "A"),
        Mark.MISSING: lambda: pgettext("sign of missing punch", "M"),
        Mark.LATE: lambda: pgettext("sign of late", "L"),
        Mark.EARLY: lambda: pgettext("sign of left early", "E"),
        Mark.EXCUSED: lambda: pgettext("sign of excused", "X"),
        Mark.TRIP: lambda: pgettext("sign of trip", "T"),
        Mark.LEAVE: lambda: pgettext("sign of leave", "V"),
        Mark.OUTING: lambda: pgettext("sign of outing", "O"),
        Mark.PRESENT: lambda: "✓",
    }[mark]()


def presence_name(presence: Presence) -> str:
    return {
        Presence.NOT_HERE: lambda: pgettext("presence", "not yet here"),
        Presence.LATE: lambda: pgettext("presence", "here, came late"),
        Presence.IN: lambda: pgettext("presence", "here"),
        Presence.OUT: lambda: pgettext("presence", "gone home"),
        Presence.OUTING: lambda: pgettext("presence", "at a customer"),
        Presence.TRIP: lambda: pgettext("presence", "on a trip"),
        Presence.LEAVE: lambda: pgettext("presence", "on leave"),
        Presence.OFF: lambda: pgettext("presence", "day off"),
    }[presence]()


def weekday_letter(day: date) -> str:
    """The weekday as short as it can be said."""
    letters = (
        pgettext("weekday", "Mo"),
        pgettext("weekday", "Tu"),
        pgettext("weekday", "We"),
        pgettext("weekday", "Th"),
        pgettext("weekday", "Fr"),
        pgettext("weekday", "Sa"),
        pgettext("weekday", "Su"),
    )
    return letters[day.weekday()]


def words_of(day: JudgedDay) -> list[str]:
    """What is to be said of a day, the gravest first; nothing of one that asks for nothing."""
    return [
        *_absent(day),
        *map(incident_text, day.incidents),
        *_today(day),
        *(_("%(what)s: excused") % {"what": incident_text(each)} for each in day.excused),
        *_away(day),
    ]


def incident_text(incident: Incident) -> str:
    values = {"due": clock_text(incident.due), "punched": clock_text(incident.punched)}
    if incident.cause == Cause.LATE:
        return _("came at %(punched)s, due at %(due)s") % values
    if incident.cause == Cause.EARLY:
        return _("left at %(punched)s, due until %(due)s") % values
    if incident.side == Side.IN:
        return _("no punch for coming in, due at %(due)s") % values
    return _("no punch for going out, due until %(due)s") % values


def _absent(day: JudgedDay) -> Iterator[str]:
    if day.absent:
        yield _("absent: %(half)s") % {"half": halves_text(day.absent)}
    if day.excess:
        yield _("leave past the month's allowance counts as absence: %(half)s") % {
            "half": halves_text(day.excess)
        }


def _today(day: JudgedDay) -> Iterator[str]:
    stands = day.so_far
    if day.due and stands.late:
        yield _("came at %(punched)s, due at %(due)s") % {
            "punched": clock_text(stands.came),
            "due": clock_text(day.due.start),
        }
    if day.due and stands.early:
        yield _("left at %(punched)s, due until %(due)s") % {
            "punched": clock_text(stands.out),
            "due": clock_text(day.due.end),
        }


def _away(day: JudgedDay) -> Iterator[str]:
    if day.on_trip:
        yield _("on a trip")
    if approved := day.on_leave - day.excess:
        yield _("leave: %(half)s") % {"half": halves_text(approved)}
    yield from map(outing_text, day.outings)


def outing_text(outing: Span) -> str:
    return _("outing %(start)s–%(end)s %(whom)s") % {
        "start": clock_text(outing.start),
        "end": clock_text(outing.end),
        "whom": outing.whom,
    }


def halves_text(halves: Collection[Half]) -> str:
    if frozenset(halves) == WHOLE_DAY:
        return _("all day")
    return _("morning") if Half.AM in halves else _("afternoon")


def due_text(day: JudgedDay) -> str:
    """The hours a day asks for, or why it asks for none."""
    if day.phase == Phase.NOT_EMPLOYED:
        return _("not employed on this day")
    if day.due:
        return f"{clock_text(day.due.start)}–{clock_text(day.due.end)}"
    if day.on_trip:
        return _("on a trip: nobody punches")
    return _("on leave all day") if day.is_workday else _("day off")


def still_missing(day: JudgedDay, now: datetime) -> str:
    """What today still asks for, to whoever has to punch."""
    if day.due is None:
        return _("Nothing is due today.")
    stands, times = day.so_far, {"start": clock_text(day.due.start), "end": clock_text(day.due.end)}
    if stands.came is None:
        if now <= day.due.late_after:
            return _("Work begins at %(start)s: punch when you come in.") % times
        return _("The punch for coming in is missing; it was due at %(start)s.") % times
    if stands.came >= day.due.midpoint:
        return _(
            "A first punch this late counts as going out where it stays alone: the one for coming "
            "in is missing."
        )
    if stands.out is None:
        return _("You are in. Punch again when you leave, not before %(end)s.") % times
    if stands.early:
        return _("Your last punch is before %(end)s: punch again when you really leave.") % times
    return _("Nothing is missing today.")
