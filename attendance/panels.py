"""A person's page: leave and attendance of the month; and who is away today (ORG-1)."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Person
from accounts.querysets import sees
from attendance.models import Excuse, Leave, LeaveType, Punch, Status, Trip
from attendance.visible import SEE_ALL_ATTENDANCE, SEE_MEDICAL
from core import clock
from core.db import CompanyDay
from core.months import Month
from core.panels import Panel

REGULATIONS_OWN = {
    "personal": lambda: _("personal leave"),
    "sick": lambda: _("sick leave"),
    "reward": lambda: _("reward leave"),
}


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
    """Who is away on a day with leave, and in what way; not why. Two queries."""
    rows = {"status": Status.APPROVED, "start_on__lte": day, "end_on__gte": day}
    trips = Trip.objects.filter(**rows).values_list("person", flat=True)
    leaves = Leave.objects.filter(**rows).values_list("person", flat=True)
    found: dict[int, Any] = dict.fromkeys(trips, pgettext("away", "on a trip"))
    return found | dict.fromkeys(leaves, pgettext("away", "on leave"))


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
                "type": _type_name(leave.type, names),
                "reason": leave.reason if medical or leave.type != "sick" else "",
                "hidden": leave.type == "sick" and not medical,
            }
            for leave in leaves
        ],
    }


def _type_name(kind: str, names: dict[str, str]) -> str:
    if kind in names:
        return names[kind]
    return REGULATIONS_OWN[kind]() if kind in REGULATIONS_OWN else kind
