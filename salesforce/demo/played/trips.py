"""Trips: one that runs, one that is over, others that wait or were refused (TRIP-1, TRIP-2)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from accounts.models import Person
from attendance.models import Trip
from attendance.rules.trips import trip_days
from attendance.services.trip_reports import report_read, report_send, report_take
from attendance.services.trips import CustomerPlan, DayPlan, TripPlan, trip_ask
from attendance.services.trips_deciding import trip_approve, trip_refuse
from core import clock
from customers.models import Customer
from customers.services import visit_record
from salesforce.demo.played.stage import ago, form, on, user

SUPERVISOR = "Z001"
TRAVELLER = "Y002"
PLANS = ("上午乘高铁，下午拜访老客户", "回访设备使用情况，谈年度框架", "走访经销商，傍晚返回")
REPORTS = (
    "见了设备科主任，样机反映良好，要求下周报价。",
    "年度框架基本谈妥，付款改为 30 天，待公司确认。",
    "走访两家经销商，一家有意代理，资料已留。",
)


def trips_play() -> None:
    """First of all: what is in a month that is closed later belongs into its close."""
    today = clock.today()
    _past(today - timedelta(days=6))
    with ago(3, time(9, 10)):
        running = _ask(TRAVELLER, today, 3, "回访重点客户，推进年度框架")
    with ago(2, time(10, 0)):
        trip_approve(trip=running, reply="注意安全，晚上按时汇报", actor=user(SUPERVISOR))
    with ago(0, time(8, 10)):
        _ask("Y001", today + timedelta(days=4), 2, "新客户现场勘测")
        refused = _ask("Y003", today + timedelta(days=1), 2, "参加行业展会")
    with ago(0, time(8, 40)):
        trip_refuse(trip=refused, reply="展会改为线上，不必前往", actor=user(SUPERVISOR))


def _past(first: date) -> None:
    """Three days: reported in time, late, and by telephone; the first two are read."""
    with on(first - timedelta(days=2), time(9, 0)):
        trip = _ask(TRAVELLER, first, 3, "拜访老客户，洽谈续签")
    with on(first - timedelta(days=1), time(9, 0)):
        trip = trip_approve(trip=trip, actor=user(SUPERVISOR))
    days = list(trip_days(trip.start_on, trip.end_on))
    for day, text, wall in zip(days, REPORTS, (time(20, 20), time(21, 35)), strict=False):
        _visit(trip, day, text)
        with on(day, wall):
            report = report_send(
                trip=trip,
                day=day,
                text=text,
                token=form(f"trip report {day}"),
                actor=user(TRAVELLER),
            )
        with on(day + timedelta(days=1), time(8, 30)):
            report_read(trip=trip, report=report, actor=user(SUPERVISOR))
    with on(days[-1], time(20, 50)):
        told_at = clock.at(days[-1], time(20, 40))
        report_take(
            trip=trip, day=days[-1], told_at=told_at, text=REPORTS[-1], actor=user(SUPERVISOR)
        )


def _visit(trip: Trip, day: date, text: str) -> None:
    planned = trip.customers.filter(date=day).select_related("customer").first()
    if planned is None:
        return
    at: datetime = clock.at(day, time(10, 40))
    with on(day, time(11, 30)):
        visit_record(
            person=trip.person,
            customer=planned.customer,
            at=at,
            kind="return",
            content=text,
            actor=user(trip.person.employee_no),
        )


def _ask(no: str, first: date, length: int, purpose: str) -> Trip:
    who: Person = Person.objects.select_related("supervisor").get(employee_no=no)
    last = first + timedelta(days=length - 1)
    plans = _plans(who, list(trip_days(first, last)))
    return trip_ask(
        person=who,
        plan=TripPlan(first, last, purpose, plans),
        token=form(f"trip {no} {first}"),
        actor=user(no),
    )


def _plans(who: Person, days: Sequence[date]) -> list[DayPlan]:
    """A customer of their own for each day, telephoned but for the last."""
    own = list(Customer.objects.filter(owner=who).order_by("customer_no")[: len(days)])
    return [
        DayPlan(
            day,
            PLANS[n % len(PLANS)],
            tuple(CustomerPlan(each.pk, n + 1 < len(days)) for each in own[n : n + 1]),
        )
        for n, day in enumerate(days)
    ]
