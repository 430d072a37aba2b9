"""Series of meetings, and the coming meetings the program makes of them (MEET-1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from policy.querysets import workdays
from policy.workdays import Workdays
from reports.models import Meeting, MeetingSeries
from reports.rules.meetings import SeriesFact, days_of
from reports.services.keeping import change_audited, made_audited
from reports.services.refusals import ReportsRefused

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """A series as its form says it."""

    kind: str
    title: str
    team: str
    weekday: int | None
    starts: time
    minutes: int
    place: str
    chair: Person | None
    from_on: date
    until_on: date | None

    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@transaction.atomic
def series_add(*, facts: SeriesFacts, token: UUID, actor: Any = None) -> MeetingSeries:
    """Begin a series, and make its coming meetings; the same form sent twice begins one."""
    _check(facts)
    made, new = MeetingSeries.objects.get_or_create(token=token, defaults=facts.fields())
    if new:
        made_audited(made, action="series begun", actor=actor, **facts.fields())
        series_converge(made)
    return made


@transaction.atomic
def series_change(*, series: MeetingSeries, facts: SeriesFacts, actor: Any = None) -> MeetingSeries:
    """Change a series as it was seen: coming meetings that nobody has touched follow."""
    _check(facts)
    changed: MeetingSeries = change_audited(
        series, action="series changed", actor=actor, **facts.fields()
    )
    series_converge(changed)
    return changed


@transaction.atomic
def series_end(
    *, series: MeetingSeries, until_on: date, reason: str, actor: Any = None
) -> MeetingSeries:
    """Hold it until a day and no longer, with the reason."""
    if not reason.strip():
        raise ReportsRefused(_("Say why."))
    if until_on < series.from_on:
        raise ReportsRefused(_("It cannot end before it begins."))
    ended: MeetingSeries = change_audited(
        series, action="series ended", actor=actor, reason=reason.strip(), until_on=until_on
    )
    series_converge(ended)
    return ended


def _check(facts: SeriesFacts) -> None:
    if facts.until_on is not None and facts.until_on < facts.from_on:
        raise ReportsRefused(_("It cannot end before it begins."))
    if facts.kind == "saturday" and facts.weekday != 5:
        raise ReportsRefused(_("The Saturday summary is held on Saturdays."))
    if facts.kind == "weekly" and facts.weekday is None:
        raise ReportsRefused(_("A weekly meeting is held on one day of the week."))


def meetings_make() -> int:
    """The daily job: the meetings of the coming two weeks. Run twice it changes nothing more.

    Returns how many were made.
    """
    with transaction.atomic():
        calendar, today = workdays(), clock.today()
        running = MeetingSeries.objects.filter(Q(until_on=None) | Q(until_on__gte=today))
        ahead = running.filter(from_on__lte=today + AHEAD)
        return sum(series_converge(each, calendar=calendar) for each in ahead)


def series_converge(series: MeetingSeries, *, calendar: Workdays | None = None) -> int:
    """Make the coming meetings of a series: those missing are made, those that nobody touched are
    as the series says, or taken away on a day on which it meets no more. Returns how many are new.
    """
    calendar, today = calendar or workdays(), clock.today()
    fact = SeriesFact(series.weekday, series.from_on, series.until_on)
    first = max(today, series.from_on)
    days = {
        day for day in days_of(fact, first, today + AHEAD, calendar) if not _is_over(series, day)
    }
    _untouched(series).exclude(on__in=days).delete()
    made = set(Meeting.objects.filter(series=series, on__in=days).values_list("on", flat=True))
    _follow(series, _untouched(series))
    new = [_meeting_on(series, day) for day in sorted(days - made)]
    # Made by two at once, it is one: the second finds it there.
    Meeting.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _is_over(series: MeetingSeries, day: date) -> bool:
    """Whether the hour at which it would have begun has passed: nobody is called to it then."""
    return clock.at(day, series.starts) <= clock.now()


def _untouched(series: MeetingSeries) -> QuerySet[Meeting]:
    """Meetings to come about which nobody has said anything yet."""
    return Meeting.objects.filter(
        series=series,
        state=Meeting.State.PLANNED,
        version=0,
        starts_at__gt=clock.now(),
        agenda=None,
        decisions=None,
        presences=None,
        praises=None,
        problems=None,
    )


def _follow(series: MeetingSeries, meetings: Iterable[Meeting]) -> None:
    """What the series says now of its title, hour, place and chair."""
    stale = []
    for meeting in meetings:
        wanted = _fields(series, meeting.on)
        if any(getattr(meeting, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(meeting, name, value)
            stale.append(meeting)
    Meeting.objects.bulk_update(
        stale, ["kind", "title", "team", "starts_at", "minutes", "place", "chair"]
    )


def _meeting_on(series: MeetingSeries, day: date) -> Meeting:
    return Meeting(series=series, on=day, door=uuid4(), **_fields(series, day))


def _fields(series: MeetingSeries, day: date) -> dict[str, Any]:
    return {
        "kind": series.kind,
        "title": series.title,
        "team": series.team,
        "starts_at": clock.at(day, series.starts),
        "minutes": series.minutes,
        "place": series.place,
        "chair_id": series.chair_id,
    }
