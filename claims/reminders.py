"""Who is reminded of goods on loan, and of claims that wait (GOOD-1, S9-4.8; EXP)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.deciding import deciders_by_person
from accounts.models import Person
from claims.models import Expense, Loan
from claims.rules import due_back_on
from core import clock
from notices.reminders import Reminder
from policy.querysets import policy_book

SAID_AT = time(8, 0)  # on the last day
WAITS_FOR = timedelta(days=2)  # for a decision, before anybody is reminded
STALE = timedelta(days=30)  # what waits longer is no news


def loans_due(now: datetime) -> Iterator[Reminder]:
    """On the morning of the last day: who has the goods is told that they are due back today."""
    book, today = policy_book(), clock.local_date(now)
    # Lent so that they can be due today under any term: no longer ago than the term says.
    oldest = clock.start_of(today - timedelta(days=book.on(today).loan_days))
    out = Loan.objects.filter(returned_on=None, lent_at__gte=oldest, lent_at__lte=now)
    for loan in out.select_related("person").order_by("pk"):
        last_day = due_back_on(clock.local_date(loan.lent_at), today, book)
        yield Reminder(
            person=loan.person,
            key=f"loan/{loan.loan_no}/due/{last_day}",
            at=clock.at(last_day, SAID_AT),
            text=gettext_noop("%(item)s is due back today (loan %(loan)s)"),
            values={"item": loan.item, "loan": loan.loan_no},
            url=reverse("loan", args=[loan.pk]),
            due=clock.end_of(last_day) - timedelta(seconds=1),
        )


def loans_overdue(now: datetime) -> Iterator[Reminder]:
    """On the morning after the last day: keeper and manager are told what is not back (GOOD-1)."""
    book, today = policy_book(), clock.local_date(now)
    heads: list[Person] = []
    late = Loan.objects.filter(returned_on=None).overdue(today, book=book)
    for loan in late.select_related("person").order_by("pk"):
        last_day = due_back_on(clock.local_date(loan.lent_at), today, book)
        if today - last_day > STALE:
            continue
        heads = heads or _heads(today)
        for person in heads:
            yield Reminder(
                person=person,
                key=f"loan/{loan.loan_no}/overdue",
                at=clock.at(last_day + timedelta(days=1), SAID_AT),
                text=gettext_noop("%(item)s is overdue: %(name)s has it (loan %(loan)s)"),
                values={"item": loan.item, "name": loan.person.name, "loan": loan.loan_no},
                url=reverse("loan", args=[loan.pk]),
            )


def _heads(today: date) -> list[Person]:
    found = (Person.objects.acting_as(role, today) for role in ("keeper", "manager"))
    return list({person.pk: person for people in found for person in people}.values())


def claims_waiting(now: datetime) -> Iterator[Reminder]:
    """Whoever decides is reminded of a claim that has waited for two days."""
    waiting = Expense.objects.waiting().filter(
        filed_at__lte=now - WAITS_FOR, filed_at__gt=now - STALE
    )
    claims = list(waiting.select_related("person__supervisor").order_by("pk"))
    deciders = deciders_by_person(claim.person for claim in claims)
    for claim in claims:
        for person in deciders[claim.person_id]:
            yield Reminder(
                person=person,
                key=f"expense/{claim.pk}/waits",
                at=now,
                text=gettext_noop("The claim %(claim)s of %(name)s still waits for your decision"),
                values={"claim": claim.claim_no, "name": claim.person.name},
                url=reverse("expense", args=[claim.pk]),
            )
