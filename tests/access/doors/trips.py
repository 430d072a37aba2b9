"""Doors of trips: applications, what is decided about them, their days and reports."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from django.urls import reverse

from attendance.models import Trip, TripReport
from customers.models import Visit
from tests import cast
from tests.access.door import SUPERVISORS, Door, plain, those
from tests.access.world import EVERYBODY, World
from tests.cast import LEADER, MANAGER, PERSONNEL, SHE, SUPERVISOR

HER_NAME = next(each.name for each in cast.MEMBERS if each.employee_no == SHE)
DECIDERS = SUPERVISORS | those(MANAGER, LEADER, PERSONNEL)
# Her attendance: hers, those above her, personnel. Money sees none of it.
HER_TRIPS = those(SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL)
# Whom she sees and what came of it: no business of personnel's.
HER_BUSINESS = HER_TRIPS - those(PERSONNEL)
HER_DECIDERS = those(SUPERVISOR, MANAGER, LEADER)
TODAY = date(2026, 11, 2)


def her_trip(name: str) -> Callable[[World], str]:
    """Of the one that waits."""
    return lambda world: reverse(name, args=[world.her_trip.pk])


def coming(name: str) -> Callable[[World], str]:
    """Of an approved one that has not begun."""
    return lambda world: reverse(name, args=[world.her_coming_trip.pk])


def of_today(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_running_trip.pk, TODAY])


def state_of(which: str) -> Callable[[World], object]:
    rows = Trip.objects.values_list("version", "status", "end_on")
    return lambda world: rows.get(pk=getattr(world, which).pk)


def reports(world: World) -> int:
    return TripReport.objects.count()


def application(world: World, day: str = "2026-11-26") -> dict[str, object]:
    customer = world.her_trip.customers.select_related("customer").get().customer
    return {
        "token": str(uuid4()),
        "start_on": day,
        "end_on": day,
        "purpose": "a fair",
        f"{day}-plan": "to the fair",
        f"{day}-customer_0": customer.customer_no,
    }


def without_customer(world: World) -> dict[str, object]:
    """Others' customers are nobody's to name."""
    return {k: v for k, v in application(world).items() if not k.endswith("customer_0")}


DOORS = {
    "trips": Door(plain("trips"), get=EVERYBODY),
    "trips_to_decide": Door(
        plain("trips_to_decide"),
        get=DECIDERS,
        post=DECIDERS,
        data=lambda world: {"do": "approve", "row": world.her_trip.pk},
    ),
    "trip_board": Door(plain("trip_board"), get=DECIDERS),
    "trip_counts": Door(plain("trip_counts"), get=DECIDERS),
    "trip_counts_month": Door(
        lambda world: reverse("trip_counts_month", args=["2026-11"]), get=DECIDERS
    ),
    # The list; who decides ticks several at once.
    "trip_reports": Door(
        plain("trip_reports"),
        get=EVERYBODY,
        post=DECIDERS,
        data=lambda world: {"do": "read", "row": world.her_trip_report.pk},
    ),
    "trip_report_read": Door(
        lambda world: reverse("trip_report_read", args=[world.her_trip_report.pk]),
        post=HER_DECIDERS,
        hidden=True,
        sees=HER_TRIPS,
        effect=lambda world: TripReport.objects.get(pk=world.her_trip_report.pk).read_at,
    ),
    "trip_new": Door(
        plain("trip_new"),
        get=EVERYBODY,
        post=EVERYBODY,
        data=without_customer,
        effect=lambda world: Trip.objects.count(),
    ),
    "trip_clashes": Door(plain("trip_clashes"), get=EVERYBODY, is_page=False),
    "trip_customers": Door(
        lambda world: reverse("trip_customers") + "?customers=firm-canar",
        get=EVERYBODY,
        is_page=False,
    ),
    "trip": Door(her_trip("trip"), get=HER_TRIPS, hidden=True, shows=lambda world: HER_NAME),
    "trip_edit": Door(
        her_trip("trip_edit"),
        get=those(SHE),
        post=those(SHE),
        hidden=True,
        sees=HER_TRIPS,
        data=lambda world: {**application(world, "2026-11-17"), "version": 0},
        effect=state_of("her_trip"),
    ),
    "trip_take_back": Door(
        her_trip("trip_take_back"),
        post=those(SHE),
        hidden=True,
        sees=HER_TRIPS,
        data=lambda world: {"version": 0},
        effect=state_of("her_trip"),
    ),
    "trip_decision": Door(
        her_trip("trip_decision"),
        post=HER_DECIDERS,
        hidden=True,
        sees=HER_TRIPS,
        data=lambda world: {"do": "approve", "version": 0, "reply": ""},
        effect=state_of("her_trip"),
    ),
    "trip_undo": Door(
        coming("trip_undo"),
        post=HER_DECIDERS | those(SHE),
        hidden=True,
        sees=HER_TRIPS,
        data=lambda world: {"version": 0, "reply": "the fair is off"},
        effect=state_of("her_coming_trip"),
    ),
    "trip_cut": Door(
        coming("trip_cut"),
        post=HER_DECIDERS,
        hidden=True,
        sees=HER_TRIPS,
        data=lambda world: {"version": 0, "end_on": "2026-11-23", "reply": "back home"},
        effect=state_of("her_coming_trip"),
    ),
    "trip_day": Door(of_today("trip_day"), get=HER_BUSINESS, hidden=True, sees=HER_TRIPS),
    "trip_report": Door(
        of_today("trip_report"),
        post=those(SHE),
        hidden=True,
        sees=HER_TRIPS,
        data=lambda world: {"token": str(uuid4()), "text": "three talks"},
        effect=reports,
    ),
    "trip_report_take": Door(
        of_today("trip_report_take"),
        post=HER_DECIDERS,
        hidden=True,
        sees=HER_TRIPS,
        data=lambda world: {"at": "08:30", "text": "three talks"},
        effect=reports,
    ),
    "trip_visit": Door(
        of_today("trip_visit"),
        post=those(SHE),
        hidden=True,
        sees=HER_TRIPS,
        data=lambda world: {
            "customer": world.her_trip.customers.get().customer.customer_no,
            "at": "08:30",
            "kind": "return",
            "content": "the offer",
        },
        effect=lambda world: Visit.objects.count(),
    ),
}
