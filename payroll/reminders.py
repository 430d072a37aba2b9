"""Who is reminded of drafts, appeals and bank accounts (PAY-2, PAY-3, PAY-6)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from notices.reminders import Reminder
from payroll.models import Appeal, BankAccount, Entry, PayMonth, StatementReview
from payroll.payouts import SEE_ACCOUNTS
from payroll.querysets import deciders_of

SAID_AT = time(8, 0)
WAITS_FOR = timedelta(days=1)  # for a bank account to be confirmed, before anybody is reminded


def drafts(now: datetime) -> Iterator[Reminder]:
    """Whoever has not acknowledged a draft: that it is ready, and again on the last day."""
    for draft in PayMonth.objects.filter(state=PayMonth.State.CLOSED, draft_at__isnull=False):
        window = draft.window
        if window is None or window.is_over(now):
            continue
        for person in _not_acknowledged(draft):
            url = reverse("statement", args=[draft.month, person.employee_no])
            values = {"month": str(draft.month), "day": str(window.last_day)}
            yield Reminder(
                person=person,
                key=f"draft/{draft.month}",
                at=clock.at(window.draft_on, SAID_AT),
                text=gettext_noop(
                    "Your statement of %(month)s is ready: acknowledge it by %(day)s"
                ),
                values=values,
                url=url,
                due=window.ends,
            )
            yield Reminder(
                person=person,
                key=f"draft/{draft.month}/last-day",
                at=clock.at(window.last_day, SAID_AT),
                text=gettext_noop("Today is the last day to object to the statement of %(month)s"),
                values=values,
                url=url,
                due=window.ends,
            )


def _not_acknowledged(draft: PayMonth) -> list[Person]:
    """Two queries."""
    lines = Entry.objects.lines().filter(pay_month=draft.month).order_by()
    done = StatementReview.objects.filter(
        month=draft.month, state=StatementReview.State.ACKNOWLEDGED
    )
    people = Person.objects.filter(id__in=lines.values("person"))
    return list(people.exclude(id__in=done.values("person")))


def appeals(now: datetime) -> Iterator[Reminder]:
    """Those who decide, on the morning of the day by whose end an appeal is to be decided."""
    soon = now + timedelta(days=2)
    waiting = Appeal.objects.filter(state=Appeal.State.OPEN, deadline__lte=soon)
    for appeal in waiting.select_related("person"):
        last_day = clock.local_date(appeal.deadline)
        for person in deciders_of(appeal):
            yield Reminder(
                person=person,
                key=f"appeal/{appeal.pk}/deadline",
                at=clock.at(last_day, SAID_AT),
                text=gettext_noop("The appeal of %(name)s is to be decided today"),
                values={"name": appeal.person.name},
                url=reverse("appeal", args=[appeal.pk]),
                due=appeal.deadline,
            )


def bank_accounts(now: datetime) -> Iterator[Reminder]:
    """Those who confirm bank accounts, of each that has waited for a day: not its owner, and not
    who entered it. Three queries."""
    waiting = BankAccount.objects.waiting().filter(entered_at__lte=now - WAITS_FOR)
    accounts = list(waiting.select_related("person", "entered_by"))
    if not accounts:
        return
    today = clock.local_date(now)
    acting = {
        person.pk: person
        for role in SEE_ACCOUNTS
        for person in Person.objects.acting_as(role, today)
    }
    for account in accounts:
        for person in acting.values():
            if person.pk in (account.person_id, account.entered_by.person_id):
                continue
            yield Reminder(
                person=person,
                key=f"bankaccount/{account.pk}/waits",
                at=account.entered_at + WAITS_FOR,
                text=gettext_noop("A bank account of %(name)s waits to be confirmed"),
                values={"name": account.person.name},
                url=reverse("bank_account", args=[account.person.employee_no]),
            )
