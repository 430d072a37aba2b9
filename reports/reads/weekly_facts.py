"""What the program knows of somebody's week: the lines a weekly report opens with (REP-1).

Every app hands in its own (`settings.WEEKLY_FACTS`): `(person, monday) -> lines`, in a constant
number of queries.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from accounts.models import Person
from attendance.leave_facts import fact_of
from attendance.models import Leave, Status, Trip
from core import clock
from core.months import Month
from core.templatetags.house import day as day_text
from core.templatetags.house import yuan_text
from customers.models import Complaint, Customer, Visit
from customers.rules.points import points
from orders.models import Order
from policy.querysets import policy_book, workdays
from receivables.models import Payment, Slip
from receivables.querysets.custody import slips_held
from reports.rules.facts import MOST_RECORDS, FactLine, number
from reports.rules.weekly import sunday_of

HALF = Decimal("0.5")


def facts_of(person: Person, monday: date) -> list[FactLine]:
    """All that is known of somebody's week, in the order of the setting."""
    return [line for path in settings.WEEKLY_FACTS for line in import_string(path)(person, monday)]


def _listed(name: str, person: Person, **more: Any) -> str:
    """The address of a list, with this person's rows alone."""
    return f"{reverse(name)}?{urlencode({'q': person.employee_no, **more})}"


def _instants(monday: date) -> tuple[Any, Any]:
    return clock.start_of(monday), clock.end_of(sunday_of(monday))


def visits(person: Person, monday: date) -> Iterator[FactLine]:
    """Genuine visits of the week, the points of it and of the month so far (VIS-2). One query."""
    sunday = sunday_of(monday)
    month = Month.of(sunday)
    since = min(clock.start_of(monday), month.start)
    rows = Visit.objects.filter(person=person, at__gte=since, at__lt=clock.end_of(sunday)).genuine()
    seen = [
        (kind, customer, clock.local_date(at))
        for kind, customer, at in rows.order_by().values_list("kind", "customer_id", "at")
    ]
    week = [each for each in seen if each[2] >= monday]
    address = _listed("visits", person, first=monday, last=sunday)
    yield FactLine(
        "visits",
        gettext_noop("Visits"),
        number(len(week)),
        note=gettext_noop("%(n)s of them by telephone"),
        values={"n": number(sum(kind == "telephone" for kind, _c, _d in week))},
        url=address,
    )
    if person.channel == "field":
        yield FactLine(
            "points",
            gettext_noop("Points"),
            number(_points(week)),
            note=gettext_noop("%(got)s of %(wanted)s in the month so far"),
            values={
                "got": number(_points(each for each in seen if each[2] >= month.first_day)),
                "wanted": number(policy_book().on(month.last_day).points_min),
            },
            url=address,
        )


def _points(seen: Iterable[tuple[str, int, date]]) -> int:
    return points({(customer, day) for kind, customer, day in seen if kind != "telephone"})


def customers(person: Person, monday: date) -> Iterator[FactLine]:
    """Files of customers opened in the week (CUS-1). One query."""
    rows = Customer.objects.filter(
        owner=person, created_on__gte=monday, created_on__lte=sunday_of(monday)
    )
    found = list(rows.order_by("customer_no").values_list("customer_no", flat=True))
    yield FactLine(
        "customers",
        gettext_noop("New customers"),
        number(len(found)),
        url=_listed("customers", person, opened=str(Month.of(monday))),
        records=tuple((no, reverse("customer", args=[no])) for no in found[:MOST_RECORDS]),
    )


def orders(person: Person, monday: date) -> Iterator[FactLine]:
    """Orders signed in the week, and what they come to (ORD-1). One query."""
    rows = Order.objects.filter(
        person=person, signed_on__gte=monday, signed_on__lte=sunday_of(monday)
    )
    found = list(rows.order_by("signed_on", "order_no").values_list("order_no", "amount"))
    yield FactLine(
        "orders",
        gettext_noop("Orders signed"),
        number(len(found)),
        note=gettext_noop("over %(yuan)s yuan"),
        values={"yuan": yuan_text(sum((amount for _no, amount in found), Decimal(0)))},
        url=_listed("orders", person),
        records=tuple((no, reverse("order", args=[no])) for no, _amount in found[:MOST_RECORDS]),
    )


def money(person: Person, monday: date) -> Iterator[FactLine]:
    """Money handed in during the week, transfers as they arrive (CUT-1); with the contract's target
    the year so far beside it. One query, or two."""
    start, end = _instants(monday)
    found = list(_counted(person, start, end).order_by("payment_no"))
    target = person.contract_target
    note, values = "", {}
    if target:
        note = gettext_noop("%(yuan)s yuan in the year so far, of %(target)s by the contract")
        year = clock.start_of(date(sunday_of(monday).year, 1, 1))
        values = {
            "yuan": yuan_text(_sum(_counted(person, year, end))),
            "target": yuan_text(target),
        }
    yield FactLine(
        "money",
        gettext_noop("Money handed in"),
        str(_sum(found)),
        is_yuan=True,
        note=note,
        values=values,
        url=_listed("slips", person),
        records=_slips(no for _amount, _undone, no in found),
    )


def _counted(person: Person, start: Any, end: Any) -> Any:
    """Amount, what was undone of it, and slip of the money that came in between two instants."""
    transfer = Q(method="transfer", received_at__gte=start, received_at__lt=end)
    handed_in = ~Q(method="transfer") & Q(handed_in_at__gte=start, handed_in_at__lt=end)
    rows = Payment.objects.filter(transfer | handed_in, slip__person=person)
    return rows.order_by().values_list("amount", "undone", "slip__slip_no")


def _sum(rows: Iterable[tuple[Decimal, Decimal, str]]) -> Decimal:
    return sum((amount - undone for amount, undone, _no in rows), Decimal("0.00"))


def _slips(numbers: Iterable[str]) -> tuple[tuple[str, str], ...]:
    once = list(dict.fromkeys(numbers))[:MOST_RECORDS]
    return tuple((no, reverse("slip", args=[no])) for no in once)


def slips(person: Person, monday: date) -> Iterator[FactLine]:
    """Slips issued in the week, and those held now (SLIP-1). Two queries."""
    start, end = _instants(monday)
    rows = Slip.objects.filter(person=person, issued_at__gte=start, issued_at__lt=end)
    issued = list(rows.order_by("slip_no").values_list("slip_no", flat=True))
    held, to_collect = slips_held(person)
    yield FactLine(
        "slips",
        gettext_noop("Slips issued"),
        number(len(issued)),
        note=gettext_noop("%(n)s still held, %(yuan)s yuan to collect on them"),
        values={"n": number(held), "yuan": yuan_text(to_collect)},
        url=_listed("slips", person, since=monday, until=sunday_of(monday)),
        records=_slips(issued),
    )


def away(person: Person, monday: date) -> Iterator[FactLine]:
    """Workdays on leave, and on trips (LEA-5, TRIP-1). Two queries, and the calendar."""
    sunday = sunday_of(monday)
    days = list(workdays().between(monday, sunday))
    within = {"person": person, "status": Status.APPROVED, "end_on__gte": monday}
    leaves = list(Leave.objects.filter(**within, start_on__lte=sunday).order_by("start_on", "pk"))
    halves = {
        (day, half) for each in leaves for day in days for half in fact_of(each).halves_on(day)
    }
    yield FactLine(
        "leave",
        gettext_noop("Days of leave"),
        number(HALF * len(halves)),
        url=_listed("leaves", person, start=monday, until=sunday),
    )
    trips = list(Trip.objects.filter(**within, start_on__lte=sunday).order_by("start_on", "pk"))
    on_trip = {day for each in trips for day in days if each.start_on <= day <= each.end_on}
    yield FactLine(
        "trips",
        gettext_noop("Days on trips"),
        number(len(on_trip)),
        records=tuple((day_text(each.start_on), reverse("trip", args=[each.pk])) for each in trips),
    )


def complaints(person: Person, monday: date) -> Iterator[FactLine]:
    """Complaints about somebody that came in during the week, once they are heard on them: before,
    whom it is about does not know of it (COM-1). One query."""
    sunday = sunday_of(monday)
    rows = Complaint.objects.filter(
        about=person, hearing_at__isnull=False, opened_on__gte=monday, opened_on__lte=sunday
    )
    yield FactLine(
        "complaints",
        gettext_noop("Complaints"),
        number(rows.count()),
        url=_listed("complaints", person, first=monday, last=sunday),
    )
