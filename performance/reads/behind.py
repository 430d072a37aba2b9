"""The records behind an indicator of somebody's quarter (KPI-1): what the figures count, and no
more. A constant number of queries for each."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Person
from core import clock
from core.templatetags.house import day, yuan_text
from customers.models import Complaint, Customer
from orders.models import Transfer
from orders.querysets import transfer_facts
from performance.models import Appraisal
from performance.reads.money import bounds
from performance.reads.quarter import (
    CAME,
    activity_places,
    complaints,
    enrolments,
    new_customers,
    of_whom,
    presences,
    returns_in,
)
from performance.rules.appraisal import Key
from performance.rules.periods import Period
from policy.querysets import policy_book, workdays
from receivables.models import Slip
from receivables.querysets.months import facts_of_payments, payments_at
from reports.models import Suggestion, WeeklyReport
from reports.rules.weekly import Employed, due_at, is_in_time, mondays_due


class Behind(NamedTuple):
    """A record: its day, what it is, its address where it has a page the reader may open, what it
    adds. `counts`: whether it is one of those that were made, attended, in time."""

    on: date | None
    text: str
    url: str
    note: str
    counts: bool = True


def records_of(user: Any, appraisal: Appraisal, key: str) -> list[Behind]:
    """The records of one indicator, the latest first, as far as this user may see them."""
    reads: Mapping[str, Callable[[Any, Person, Period], Iterator[Behind]]] = {
        Key.SALES: _money,
        Key.CUSTOMERS: _new,
        Key.SATISFACTION: _marks,
        Key.RETURNS: _returns,
        Key.COMPLAINTS: _complaints,
        Key.ACTIVITY: _activities,
        Key.REPORTS: _reports,
    }
    found = list(reads[Key(key)](user, appraisal.person, appraisal.span))
    return sorted(found, key=lambda each: (each.on or date.min, each.text), reverse=True)


def _money(user: Any, person: Person, quarter: Period) -> Iterator[Behind]:
    """The payments that were hers when they counted (adr/0018)."""
    for month in bounds(quarter):
        passed_on = Transfer.objects.approved_after(month.after)
        were_hers = passed_on.filter(from_person=person).order_by().values("order")
        theirs = Q(slip__order__person=person) | Q(slip__order__in=were_hers)
        sellers = transfer_facts(passed_on.filter(Q(order__person=person) | Q(order__in=were_hers)))
        facts = [
            (fact.counted_at, fact)
            for fact in facts_of_payments(payments_at(month).filter(theirs), sellers)
            if fact.sold_by == person.employee_no
            and fact.counted_at is not None
            and fact.counted_at in month
        ]
        named = {fact.slip_no for _at, fact in facts}
        seen = Slip.objects.visible_to(user).filter(slip_no__in=named)
        shown = set(seen.order_by().values_list("slip_no", flat=True))
        for counted_at, fact in facts:
            url = reverse("slip", args=[fact.slip_no]) if fact.slip_no in shown else ""
            yield Behind(
                clock.local_date(counted_at),
                _("Slip %(no)s") % {"no": fact.slip_no},
                url,
                yuan_text(fact.amount),
            )


def _new(user: Any, person: Person, quarter: Period) -> Iterator[Behind]:
    hers = Customer.objects.visible_to(user).filter(owner=person)
    for row in hers.filter(pk__in=new_customers(quarter).order_by().values("pk")):
        yield Behind(row.created_on, row.name, reverse("customer", args=[row.customer_no]), "")


def _marks(user: Any, person: Person, quarter: Period) -> Iterator[Behind]:
    rated = complaints(quarter).filter(satisfaction__isnull=False).annotate(whose=of_whom())
    seen = Complaint.objects.visible_to(user).order_by().values("pk")
    for row in rated.filter(whose=person.pk, pk__in=seen):
        yield Behind(
            row.opened_on,
            row.subject,
            reverse("complaint", args=[row.pk]),
            _("%(mark)s of 5") % {"mark": row.satisfaction},
        )


def _returns(user: Any, person: Person, quarter: Period) -> Iterator[Behind]:
    interval = policy_book().on(quarter.last_day).return_visit_days
    hers = Customer.objects.visible_to(user).filter(owner=person)
    names = {row.pk: row for row in hers.only("customer_no", "name")}
    for each in returns_in(quarter, interval, hers):
        if each.due:
            row = names[each.customer]
            yield Behind(
                None,
                row.name,
                reverse("customer", args=[row.customer_no]),
                _("%(made)s of %(due)s made") % {"made": each.made, "due": each.due},
                each.made == each.due,
            )


def _complaints(user: Any, person: Person, quarter: Period) -> Iterator[Behind]:
    seen = Complaint.objects.visible_to(user).order_by().values("pk")
    for row in complaints(quarter).filter(about=person, pk__in=seen):
        yield Behind(
            row.opened_on,
            row.subject,
            reverse("complaint", args=[row.pk]),
            str(row.get_state_display()),
            False,
        )


def _activities(user: Any, person: Person, quarter: Period) -> Iterator[Behind]:
    for here in presences(quarter).filter(person=person).select_related("meeting"):
        url = reverse("meeting", args=[here.meeting_id])
        note = str(here.get_state_display())
        yield Behind(here.meeting.on, here.meeting.title, url, note, here.state in CAME)
    for place in enrolments(quarter).filter(person=person).select_related("training"):
        on = clock.local_date(place.training.starts_at)
        url = reverse("training", args=[place.training_id])
        yield Behind(on, place.training.title, url, _came(place), bool(place.attended))
    for took in activity_places(quarter).filter(person=person).select_related("activity"):
        url = reverse("activity", args=[took.activity_id])
        starts_on = took.activity.starts_on
        yield Behind(starts_on, took.activity.title, url, _came(took), bool(took.attended))
    made = Suggestion.objects.filter(
        person=person,
        made_at__gte=clock.start_of(quarter.first_day),
        made_at__lt=clock.end_of(quarter.last_day),
    )
    seen = _seen(made, user)
    for row in made:
        url = reverse("suggestion", args=[row.pk]) if row.pk in seen else ""
        yield Behind(clock.local_date(row.made_at), row.title, url, _("suggestion"))


def _seen(rows: Any, user: Any) -> set[int]:
    """The ids of those of these whose page opens to a user."""
    return set(rows.visible_to(user).order_by().values_list("pk", flat=True))


def _came(row: Any) -> str:
    return _("came") if row.attended else _("did not come")


def _reports(user: Any, person: Person, quarter: Period) -> Iterator[Behind]:
    """Every week that owed a report, handed in or not."""
    calendar = workdays()
    employed = Employed(person.hired_on, person.left_on)
    mondays = [
        monday
        for monday in mondays_due(quarter.first_day, quarter.last_day, calendar)
        if employed.whole_week(monday)
    ]
    rows = WeeklyReport.objects.filter(person=person, monday__in=mondays)
    came = {row.monday: row for row in rows.filter(handed_in_at__isnull=False)}
    seen = _seen(rows, user)
    for monday in mondays:
        row = came.get(monday)
        text = _("week from %(day)s") % {"day": day(monday)}
        if row is None or row.handed_in_at is None:
            yield Behind(monday, text, "", pgettext("weekly report", "missing"), False)
        else:
            in_time = is_in_time(row.handed_in_at, row.due_at, due_at(monday, calendar))
            yield Behind(
                monday,
                text,
                reverse("weekly_report", args=[row.pk]) if row.pk in seen else "",
                _("on time") if in_time else pgettext("weekly report", "late"),
                in_time,
            )
