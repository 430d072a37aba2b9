"""Who is told of what: the salesperson of unpaid deliveries every day, both sides when one is
escalated, the supervisor of a broken promise (DUE-1, S9-4.5); of money in hand before a cutoff, of
the next step of a case (RES-3)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from notices.reminders import Reminder
from policy.querysets import policy_book
from policy.workdays import cutoff_of
from receivables.models import BadDebt, Payment, PlanStep, UnpaidDelivery
from receivables.querysets.months import collection_month_of
from receivables.rules.cutoff import reminder_stage
from receivables.services.plans_telling import leads_of, page_of

SAID_AT = time(8, 0)
# For so long after it happened, however late the program runs; what is older is on the desks.
TOLD_WITHIN = timedelta(days=7)


def unpaid(now: datetime) -> Iterator[Reminder]:
    """Once a day, of all that is unpaid on one's own orders: how many they are. Two queries."""
    today = clock.local_date(now)
    counts = dict(
        UnpaidDelivery.objects.open()
        .filter(delivered_on__lt=today)
        .order_by()
        .values_list("order__person")
        .annotate(n=Count("id"))
    )
    for person in Person.objects.in_bulk(counts).values():
        yield Reminder(
            person=person,
            key=f"unpaid/{today}",
            at=clock.at(today, SAID_AT),
            text=gettext_noop("%(count)s of your deliveries are unpaid"),
            values={"count": counts[person.pk]},
            url=reverse("unpaid"),
            due=clock.end_of(today) - timedelta(seconds=1),
        )


def cutoff(now: datetime) -> Iterator[Reminder]:
    """Whoever has money in hand, a day, four hours and an hour before the cutoff (CUT-1).

    Late by hours it says what counts now, not what was missed. Three queries.
    """
    book = policy_book()
    month = collection_month_of(now, book)
    at = cutoff_of(month, book)
    stage = reminder_stage(at, now)
    if stage is None:
        return
    holders = Payment.objects.in_hand().order_by().values("slip__person").distinct()
    for person in Person.objects.filter(pk__in=holders):
        yield Reminder(
            person=person,
            key=f"cutoff/{month}/{stage}",
            at=at - stage.before,
            text=gettext_noop("Money is still with you: the month's last collection is near"),
            url=reverse("cutoff_month", args=[month]),
            due=at,
        )


def escalated(now: datetime) -> Iterator[Reminder]:
    """Once, of each delivery that is escalated: its salesperson and who answers for them."""
    today = clock.local_date(now)
    rows = UnpaidDelivery.objects.open().filter(escalated_on__range=(today - TOLD_WITHIN, today))
    told = Leads()
    for row in rows.select_related("order__customer", "order__person__supervisor"):
        for person in (row.order.person, *told.of(row.order.person)):
            yield Reminder(
                person=person,
                key=f"escalated/{row.order_id}/{row.delivered_on}",
                at=clock.at(row.escalated_on or today, SAID_AT),
                text=gettext_noop("%(customer)s is overdue: a collection plan is to be agreed"),
                values={"customer": row.order.customer.name},
                url=page_of(row),
            )


def promises(now: datetime) -> Iterator[Reminder]:
    """Once, of each promise that was broken: who answers for the salesperson."""
    today = clock.local_date(now)
    broken = PlanStep.objects.promised().filter(
        state=PlanStep.State.BROKEN, settled_on__range=(today - TOLD_WITHIN, today)
    )
    told = Leads()
    for step in broken.select_related(
        "plan__unpaid__order__customer", "plan__unpaid__order__person__supervisor"
    ):
        unpaid = step.plan.unpaid
        for person in told.of(unpaid.order.person):
            yield Reminder(
                person=person,
                key=f"promise/{step.pk}/broken",
                at=clock.at(step.settled_on or today, SAID_AT),
                text=gettext_noop("A promise to collect from %(customer)s was broken"),
                values={"customer": unpaid.order.customer.name},
                url=page_of(unpaid),
            )


class Leads:
    """Who answers for whom, asked once for each salesperson."""

    def __init__(self) -> None:
        self._known: dict[int, list[Person]] = {}

    def of(self, seller: Person) -> list[Person]:
        if seller.pk not in self._known:
            self._known[seller.pk] = leads_of(seller)
        return self._known[seller.pk]


def case_steps(now: datetime) -> Iterator[Reminder]:
    """The salesperson, on the morning of the day by which the next step of an open case is due.
    One query."""
    today = clock.local_date(now)
    due = BadDebt.objects.open().standing().filter(next_on=today)
    for case in due.select_related("order__person"):
        yield Reminder(
            person=case.order.person,
            key=f"case/{case.pk}/next/{today}",
            at=clock.at(today, SAID_AT),
            text=gettext_noop("The next step of bad-debt case %(no)s is due today"),
            values={"no": case.case_no},
            url=reverse("bad_debt", args=[case.case_no]),
            due=clock.end_of(today) - timedelta(seconds=1),
        )
