"""Everybody's quarter, counted: a constant number of queries for any number of people (KPI-1).

What each figure is counted from is decided in adr/0033.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import Person
from core import clock
from core.db import CompanyDay
from core.money import ZERO
from customers.models import Complaint, Customer, OwnerChange, Visit
from performance.models import Activity, ActivityPlace, Target
from performance.reads.money import handed_in
from performance.rules.appraisal import Facts
from performance.rules.periods import Period
from performance.rules.returns import return_visits
from performance.rules.targets import TargetFact, target_of
from policy.rules import Policy
from reports.models import Enrolment, Meeting, Presence, Training
from reports.reads.suggestions import suggestion_counts
from reports.reads.weekly import on_time_counts

CAME = ("present", "late")


class Appraised(NamedTuple):
    """Somebody whose quarter is counted."""

    pk: int
    employee_no: str
    hired_on: date
    left_on: date | None
    contract: Decimal | None


def appraised_in(quarter: Period) -> "QuerySet[Person]":
    """Salespeople employed on the quarter's last day."""
    here = Person.objects.salespeople().here_on(quarter.last_day)
    return here.filter(hired_on__lte=quarter.last_day)


def quarter_facts(quarter: Period, policy: Policy, people: "QuerySet[Person]") -> dict[int, Facts]:
    """What each of these people did in a quarter, by their id; every one of them is told of.

    `policy`: that of the quarter's last day. Some twenty queries, however many people there are.
    """
    rows = [
        Appraised(*row)
        for row in people.order_by().values_list(
            "pk", "employee_no", "hired_on", "left_on", "contract_target"
        )
    ]
    ids = [row.pk for row in rows]
    # Few are asked for by their ids; of many everything is read.
    few = ids if len(ids) <= FEW else None
    counted: dict[str, Mapping[int, Any]] = {
        "handed_in": _handed_in(quarter, rows, few),
        "target": _targets(quarter, rows, few),
        "new_customers": _new_customers(quarter, few),
        **_complaints(quarter, few),
        **_customers(quarter, policy.return_visit_days, few),
        **_attended(quarter, few),
        "suggestions": suggestion_counts(
            first=quarter.first_day, last=quarter.last_day, people=people
        ),
    }
    reports = on_time_counts(first=quarter.first_day, last=quarter.last_day, people=people)
    nothing = Facts()
    found = {}
    for row in rows:
        due, on_time = reports.get(row.pk, (0, 0))
        said = {name: of[row.pk] for name, of in counted.items() if row.pk in of}
        found[row.pk] = replace(
            nothing,
            employed_days=quarter.employed_days(row.hired_on, row.left_on),
            reports_due=due,
            reports_on_time=on_time,
            **said,
        )
    return found


FEW = 200


def _among(rows: "QuerySet[Any]", few: Collection[int] | None, whose: str) -> "QuerySet[Any]":
    rows = rows.order_by()
    return rows if few is None else rows.filter(**{f"{whose}__in": few})


def _handed_in(
    quarter: Period, rows: list[Appraised], few: Collection[int] | None
) -> dict[int, Decimal]:
    by_no = handed_in(quarter, few)
    return {row.pk: by_no.get(row.employee_no, ZERO) for row in rows}


def _targets(
    quarter: Period, rows: list[Appraised], few: Collection[int] | None
) -> dict[int, Decimal | None]:
    own = targets_of(quarter, few)
    return {
        row.pk: target_of(
            TargetFact(row.hired_on, row.left_on, row.contract, own.get(row.pk, {})), quarter
        )
        for row in rows
    }


def targets_of(
    period: Period, few: Collection[int] | None = None
) -> dict[int, dict[Period, Decimal]]:
    """What was set for people in the year of a period, by their id. One query."""
    return targets_of_years({period.first.year}, few)


def targets_of_years(
    years: Collection[int], few: Collection[int] | None = None
) -> dict[int, dict[Period, Decimal]]:
    """The same for several years. One query."""
    found: dict[int, dict[Period, Decimal]] = defaultdict(dict)
    named = Q(pk__in=())
    for year in sorted(years):
        named |= Q(period__startswith=f"{year:04d}")
    rows = _among(Target.objects.filter(named, person__isnull=False), few, "person")
    for person, span, amount in rows.values_list("person", "period", "amount"):
        found[person][Period.parse(span)] = amount
    return found


def new_customers(quarter: Period) -> "QuerySet[Customer]":
    """The files opened in a quarter."""
    days = (quarter.first_day, quarter.last_day)
    return Customer.objects.standing().filter(created_on__range=days)


def _new_customers(quarter: Period, few: Collection[int] | None) -> dict[int, int]:
    rows = _among(new_customers(quarter).filter(owner__isnull=False), few, "owner")
    return dict(rows.values_list("owner").annotate(n=Count("pk")))


def complaints(quarter: Period) -> "QuerySet[Complaint]":
    """The complaints that came in in a quarter: about nobody, or about whom was heard."""
    known = Q(about=None) | Q(hearing_at__isnull=False)
    days = (quarter.first_day, quarter.last_day)
    return Complaint.objects.filter(known, opened_on__range=days)


def of_whom() -> Coalesce:
    """Whose a customer's mark is: whom the complaint is about, else who handled it."""
    return Coalesce("about", "handler")


def _complaints(quarter: Period, few: Collection[int] | None) -> dict[str, Mapping[int, Any]]:
    about = _among(complaints(quarter).filter(about__isnull=False), few, "about")
    marks: dict[int, int] = defaultdict(int)
    sums: dict[int, int] = defaultdict(int)
    rated = complaints(quarter).filter(satisfaction__isnull=False).annotate(whose=of_whom())
    for whose, mark in rated.order_by().values_list("whose", "satisfaction"):
        if whose is not None and mark is not None:
            marks[whose] += 1
            sums[whose] += mark
    return {
        "complaints": dict(about.values_list("about").annotate(n=Count("pk"))),
        "marks": marks,
        "marks_sum": sums,
    }


def _customers(
    quarter: Period, interval: int, few: Collection[int] | None
) -> dict[str, Mapping[int, Any]]:
    held: dict[int, int] = defaultdict(int)
    due: dict[int, int] = defaultdict(int)
    made: dict[int, int] = defaultdict(int)
    rows = _among(Customer.objects.standing().filter(owner__isnull=False), few, "owner")
    there = (
        rows.filter(created_on__lte=quarter.last_day).values_list("owner").annotate(n=Count("pk"))
    )
    held.update(there)
    for each in returns_in(quarter, interval, rows):
        due[each.owner] += each.due
        made[each.owner] += each.made
    return {"customers": held, "returns_due": due, "returns_made": made}


class Returned(NamedTuple):
    """The return visits to one customer in a quarter."""

    customer: int
    owner: int
    due: int
    made: int


def returns_in(
    quarter: Period, interval: int, customers: "QuerySet[Customer]"
) -> Iterator[Returned]:
    """The return visits to each of these customers that may be called on (VIS-3). Three queries;
    the visits are walked through, and never all in memory."""
    here = Customer.objects.to_call_on().filter(pk__in=customers.order_by().values("pk"))
    rows = here.order_by()
    owned = {
        pk: (owner, created_on)
        for pk, owner, created_on in rows.values_list("pk", "owner", "created_on")
    }
    changes = OwnerChange.objects.order_by().filter(customer__in=rows.values("pk"))
    taken_over = {
        pk: clock.local_date(at)
        for pk, at in changes.values_list("customer").annotate(at=Max("at"))
    }
    # Earlier ones say no more than that the customer was overdue when the quarter began.
    since = quarter.first_day - timedelta(days=interval)
    visits = Visit.objects.genuine().filter(
        at__gte=clock.start_of(since), at__lt=clock.end_of(quarter.last_day)
    )
    told = visits.filter(customer__in=rows.values("pk")).order_by("customer_id")
    walk = told.values_list("customer_id", CompanyDay("at")).iterator(chunk_size=5000)
    for customer, days in groupby(walk, key=itemgetter(0)):
        if customer in owned:
            contacts = [day for _customer, day in days]
            yield _returned(customer, owned.pop(customer), taken_over, contacts, quarter, interval)
    for customer, whose in owned.items():
        yield _returned(customer, whose, taken_over, (), quarter, interval)


def _returned(
    customer: int,
    whose: tuple[int, date],
    taken_over: Mapping[int, date],
    contacts: Collection[date],
    quarter: Period,
    interval: int,
) -> Returned:
    owner, created_on = whose
    due, made = return_visits(
        since=max(created_on, taken_over.get(customer, created_on)),
        contacts=contacts,
        first=quarter.first_day,
        last=quarter.last_day,
        interval=interval,
    )
    return Returned(customer, owner, due, made)


def presences(quarter: Period) -> "QuerySet[Presence]":
    """Who was due at the meetings held in a quarter: all but those who were excused."""
    held = Presence.objects.filter(
        meeting__state=Meeting.State.HELD,
        meeting__on__range=(quarter.first_day, quarter.last_day),
    )
    return held.exclude(state=Presence.State.EXCUSED)


def enrolments(quarter: Period) -> "QuerySet[Enrolment]":
    """The places in the trainings held in a quarter."""
    return Enrolment.objects.filter(
        training__state=Training.State.HELD,
        training__starts_at__gte=clock.start_of(quarter.first_day),
        training__starts_at__lt=clock.end_of(quarter.last_day),
        withdrawn_at=None,
        attended__isnull=False,
    )


def activity_places(quarter: Period) -> "QuerySet[ActivityPlace]":
    """The places in the activities carried out that began in a quarter."""
    return ActivityPlace.objects.filter(
        activity__state=Activity.State.HELD,
        activity__starts_on__range=(quarter.first_day, quarter.last_day),
        attended__isnull=False,
    )


def _attended(quarter: Period, few: Collection[int] | None) -> dict[str, Mapping[int, Any]]:
    due: dict[int, int] = defaultdict(int)
    came: dict[int, int] = defaultdict(int)
    kinds = (
        (presences(quarter), Q(state__in=CAME)),
        (enrolments(quarter), Q(attended=True)),
        (activity_places(quarter), Q(attended=True)),
    )
    for kind, there in kinds:
        counted = (
            _among(kind, few, "person")
            .values_list("person")
            .annotate(due=Count("pk"), came=Count("pk", filter=there))
        )
        for person, n, attended in counted:
            due[person] += n
            came[person] += attended
    return {"activities_due": due, "activities": came}
