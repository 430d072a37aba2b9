"""Trips for tests: 2 November 2026, 09:00, unless the clock says otherwise."""

from uuid import uuid4

from accounts.models import Person, User
from attendance.models import Trip, TripReport
from attendance.rules.trips import trip_days
from attendance.services.trip_reports import report_send
from attendance.services.trips import CustomerPlan, DayPlan, TripPlan, trip_ask
from attendance.services.trips_deciding import trip_approve
from tests.builders import customer, day
from tests.cast import MANAGER, SUPERVISOR


def user(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


def someone(no: str) -> Person:
    return Person.objects.select_related("supervisor").get(employee_no=no)


def planned(first: str, last: str = "", *, purpose: str = "a fair", customers: bool = True):
    """`11-10`, `11-12`: each day planned, one customer to be seen on each."""
    start, end = day(f"2026-{first}"), day(f"2026-{last or first}")
    seen = (CustomerPlan(customer("K1").pk, True),) if customers else ()
    days = [DayPlan(each, f"plan of {each}", seen) for each in trip_days(start, end)]
    return TripPlan(start, end, purpose, days)


def ask(no: str, first: str, last: str = "", *, token=None, **said) -> Trip:
    return trip_ask(
        person=someone(no),
        plan=planned(first, last, **said),
        token=token or uuid4(),
        actor=user(no),
    )


def approved(no: str, first: str, last: str = "", *, by: str = SUPERVISOR) -> Trip:
    decider = MANAGER if no == SUPERVISOR else by
    return trip_approve(trip=ask(no, first, last), actor=user(decider))


def report(trip: Trip, on: str, text: str = "three talks", *, token=None) -> TripReport:
    return report_send(
        trip=trip,
        day=day(f"2026-{on}"),
        text=text,
        token=token or uuid4(),
        actor=user(trip.person.employee_no),
    )
