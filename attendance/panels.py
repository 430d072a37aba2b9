"""A person's page: leave and attendance of the month; and who is away today (ORG-1)."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Person
from accounts.querysets import sees
from attendance.leave_words import type_name
from attendance.models import Excuse, Leave, LeaveType, Outing, Punch, Status, Trip
from attendance.permissions.punching import PUNCH
from attendance.rules.away import halves_between
from attendance.rules.days import WHOLE_DAY, Half
from attendance.rules.leave import LeaveFact
from attendance.visible import SEE_ALL_ATTENDANCE, SEE_MEDICAL
from core import clock
from core.db import CompanyDay
from core.months import Month
from core.panels import Panel
from policy.querysets import policy_book


def person(user: Any, person: Person) -> Iterator[Panel]:
    own = user.person_id == person.pk
    if sees(user, person, everything=SEE_ALL_ATTENDANCE):
        yield Panel(
            key="attendance",
            title=_("Attendance and leave"),
            template="attendance/_person.html",
            context={"month": partial(_month, user, person, own=own)},
        )


def away(day: date) -> dict[int, Any]:
    """Who is away on a day with leave or on a trip, and in what way; not why. Two queries."""
    found: dict[int, Any] = dict.fromkeys(_on_trip(day), pgettext("away", "on a trip"))
    for person, halves in _on_leave(day).items():
        found[person] = _leave_word(halves)
    return found


def away_between(start: datetime, end: datetime) -> dict[int, Any]:
    """Who is away in some part of a time within one day, by leave, a trip or an outing (ATT-6),
    and in what way. Half a day's leave counts in its half alone. Four queries.
    """
    day = clock.local_date(start)
    out = Outing.objects.filter(status=Status.APPROVED, start_at__lt=end, end_at__gt=start)
    found: dict[int, Any] = dict.fromkeys(
        out.values_list("person", flat=True), pgettext("away", "at a customer's")
    )
    found |= dict.fromkeys(_on_trip(day), pgettext("away", "on a trip"))
    wanted = halves_between(start, end, policy_book().on(day))
    for person, halves in _on_leave(day).items():
        if halves & wanted:
            found[person] = _leave_word(halves)
    return found


def _on_trip(day: date) -> Iterator[int]:
    rows = Trip.objects.filter(status=Status.APPROVED, start_on__lte=day, end_on__gte=day)
    return rows.values_list("person", flat=True).iterator()


def _on_leave(day: date) -> dict[int, frozenset[Half]]:
    """The halves of a day on which people are on leave."""
    rows = Leave.objects.filter(status=Status.APPROVED, start_on__lte=day, end_on__gte=day)
    found: dict[int, frozenset[Half]] = {}
    for person, *values in rows.values_list(
        "person", "type", "start_on", "start_half", "end_on", "end_half"
    ):
        kind, start_on, start_half, end_on, end_half = values
        leave = LeaveFact(kind, start_on, Half(start_half), end_on, Half(end_half))
        found[person] = found.get(person, frozenset()) | leave.halves_on(day)
    return found


def _leave_word(halves: frozenset[Half]) -> str:
    if halves == WHOLE_DAY:
        return pgettext("away", "on leave")
    if Half.AM in halves:
        return pgettext("away", "on leave in the morning")
    return pgettext("away", "on leave in the afternoon")


def _month(user: Any, person: Person, *, own: bool) -> dict[str, Any]:
    """The month so far. Why somebody was ill stands here for them and personnel alone."""
    month = Month.of(clock.today())
    span = {"start_on__lte": month.last_day, "end_on__gte": month.first_day}
    punches = Punch.objects.visible_to(user).filter(
        person=person, at__gte=month.start, at__lt=month.end
    )
    days = set(punches.order_by().values_list(CompanyDay("at"), flat=True))
    names = dict(LeaveType.objects.values_list("code", "name"))
    medical = own or user.is_superuser or user.has_role(*SEE_MEDICAL)
    leaves = Leave.objects.visible_to(user).filter(person=person, **span).order_by("start_on")
    return {
        "month": month,
        "calendar": reverse("attendance_month", args=[month, person.employee_no])
        if person.has_role(*PUNCH)
        else "",
        "days": len(days),
        "trips": list(Trip.objects.visible_to(user).filter(person=person, **span)),
        "excuses": list(
            Excuse.objects.visible_to(user).filter(
                person=person, date__range=(month.first_day, month.last_day)
            )
        ),
        "leaves": [
            {
                "row": leave,
                "type": type_name(leave.type, names),
                "reason": leave.reason if medical or leave.type != "sick" else "",
                "hidden": leave.type == "sick" and not medical,
            }
            for leave in leaves
        ],
    }
