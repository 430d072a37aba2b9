"""A cutoff that comes while money is handed in.

On PostgreSQL alone: SQLite has one writer at a time. COUNTER_PAYMENTS says how much money; the
usual is short.
"""

import threading
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum

from accounts.models import Person
from core import clock
from core.money import ZERO
from core.months import Month
from payroll.models import Entry
from payroll.services import close_groups, month_close
from receivables.models import CutoffSnapshot, Payment
from receivables.services import payment_hand_in
from tests.browser import databases
from tests.faults.ledger import looking_at, wrong_with_the_books
from tests.races.at_once import at_once, elsewhere
from tests.races.clients import rounds
from tests.races.money import AMOUNT, CUTOFF, in_hand
from tests.races.october import MONTH, NOVEMBER, she

pytestmark = pytest.mark.skipif(
    not databases.is_postgres(), reason="SQLite has one writer at a time"
)

PAYMENTS = rounds("COUNTER_PAYMENTS", 200)
JUST_BEFORE, JUST_AFTER = CUTOFF - timedelta(seconds=1), CUTOFF + timedelta(seconds=1)


class HandingIn(threading.Thread):
    """Somebody who has read the clock a moment before the cutoff, and commits after it."""

    def __init__(self, url: str, payment: Payment) -> None:
        super().__init__()
        self.url, self.payment = url, payment
        self.stamped, self.go = threading.Event(), threading.Event()

    def run(self) -> None:
        with looking_at(self.url), clock.set_to(JUST_BEFORE), transaction.atomic():
            payment_hand_in(actor=None, payment=self.payment)
            self.stamped.set()
            self.go.wait(60)


class Closing(threading.Thread):
    """A close a moment after the cutoff."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.error = url, None

    def run(self) -> None:
        with looking_at(self.url):
            try:
                month_close(month=MONTH, as_of=JUST_AFTER)
            except Exception as error:
                self.error = error


def snapshot_of(person: Person) -> tuple[Decimal, Decimal]:
    row = CutoffSnapshot.objects.get(month=MONTH, person=person)
    return row.handed_in, row.in_hand


def fined(person: Person) -> bool:
    return Entry.objects.standing().filter(rule="CUT-2", person=person, for_month=MONTH).exists()


def nothing_of_hers_but_this() -> Payment:
    her = she()
    payment = in_hand(her, "last")
    others = Payment.objects.filter(slip__person=her).exclude(pk=payment.pk)
    others.filter(handed_in_at=None).exclude(method="transfer").update(
        handed_in_at=CUTOFF - timedelta(days=1), received_at=CUTOFF - timedelta(days=2)
    )
    return payment


def test_a_close_waits_for_money_stamped_before_the_cutoff(books: str):
    payment = nothing_of_hers_but_this()
    handing_in, closing = HandingIn(books, payment), Closing(books)
    handing_in.start()
    assert handing_in.stamped.wait(30)
    closing.start()
    closing.join(1.0)
    assert closing.is_alive()
    handing_in.go.set()
    closing.join(60)
    handing_in.join(60)
    assert closing.error is None
    assert snapshot_of(she())[1] == ZERO
    assert not fined(she())


def test_control_without_the_barrier_one_is_missed(books: str, monkeypatch):
    monkeypatch.setattr(close_groups, "in_flight_pass", lambda name: None)
    payment = nothing_of_hers_but_this()
    handing_in = HandingIn(books, payment)
    handing_in.start()
    assert handing_in.stamped.wait(30)
    elsewhere(books, lambda: month_close(month=MONTH, as_of=JUST_AFTER))
    handing_in.go.set()
    handing_in.join(60)
    payment.refresh_from_db()
    assert payment.handed_in_at == JUST_BEFORE
    assert snapshot_of(she())[1] == AMOUNT  # in time, and taken down as still in hand


class MovingClock:
    """A clock that goes on from a second before the cutoff."""

    def __init__(self) -> None:
        self.ahead = JUST_BEFORE - datetime.now(UTC)

    def now(self) -> datetime:
        return clock._set_to.get() or datetime.now(UTC) + self.ahead

    def wait_for(self, instant: datetime) -> None:
        time.sleep(max(0.0, (instant - self.now()).total_seconds()))


def sums(month: Month) -> Decimal:
    found = CutoffSnapshot.objects.filter(month=month).aggregate(sum=Sum("handed_in", default=ZERO))
    return found["sum"]


def counted_within(after: datetime, through: datetime) -> Decimal:
    counts = Payment.objects.filter(
        handed_in_at__gt=after, handed_in_at__lte=through
    ) | Payment.objects.filter(method="transfer", received_at__gt=after, received_at__lte=through)
    return counts.aggregate(sum=Sum("amount", default=ZERO))["sum"]


def test_money_handed_in_around_the_cutoff_is_in_one_month(books: str, monkeypatch):
    """Within two seconds around the cutoff, while the month closes: each in exactly one month."""
    people = list(Person.objects.salespeople().order_by("pk")[:8])
    mine = [in_hand(people[n % len(people)], n) for n in range(PAYMENTS)]
    # The groups stand already: a close has no more to write before it reads.
    elsewhere(books, lambda: month_close(month=MONTH, as_of=JUST_BEFORE))
    moving = MovingClock()
    monkeypatch.setattr(clock, "now", moving.now)
    seen: list[Decimal] = []

    def hand_in(share: int, of: int) -> None:
        for n in range(share, PAYMENTS, of):
            moving.wait_for(JUST_BEFORE + timedelta(seconds=2 * n / PAYMENTS))
            payment_hand_in(actor=None, payment=mine[n])

    def close() -> None:
        moving.wait_for(CUTOFF + timedelta(milliseconds=1))
        month_close(month=MONTH, as_of=clock.now())
        seen.append(sums(MONTH))

    workers = [lambda n=n: hand_in(n, 6) for n in range(6)]
    came = at_once(books, *workers, close)
    assert not [each for each in came if isinstance(each, Exception)], came
    handed_in = Payment.objects.filter(payment_no__startswith="RACE-")
    before = handed_in.filter(handed_in_at__lte=CUTOFF).count()
    assert 0 < before < PAYMENTS
    assert handed_in.filter(handed_in_at__isnull=False).count() == PAYMENTS
    # What the first close took down is what had been handed in by then, to the fen.
    september = clock.from_local(datetime(2026, 9, 28, 16, 0))  # noqa: DTZ001
    november = clock.from_local(datetime(2026, 11, 28, 16, 0))  # noqa: DTZ001
    assert seen == [counted_within(september, CUTOFF)]
    elsewhere(books, lambda: month_close(month=NOVEMBER, as_of=november + timedelta(hours=1)))
    assert sums(MONTH) == seen[0]
    assert sums(NOVEMBER) == counted_within(CUTOFF, november)
    assert wrong_with_the_books() == []
