"""On the road: once each, never past what is due, never ahead of time (SLIP-2, SLIP-4)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from core import clock
from core.models import AuditRow
from receivables.models import LateHandover, Payment, Refusal
from receivables.querysets.road import on_the_road
from receivables.services import (
    SlipRefused,
    late_handover_declare,
    payment_hand_in,
    payment_record,
    refusal_record,
    slip_return,
)
from tests.builders import at, order, payment, person, slip, yuan

pytestmark = pytest.mark.django_db

NOON = "2026-10-12 12:00"


@pytest.fixture(autouse=True)
def monday():
    with clock.set_to(at(NOON)):
        yield


@pytest.fixture
def held():
    return slip(order(person()), due="500.00", issued="2026-10-12 08:30")


def pay(on, amount="300.00", **more):
    said = {"method": "cash", "received_at": clock.now(), "token": uuid4()} | more
    return payment_record(actor=None, slip=on, amount=yuan(amount), **said)


def refuse(on, **more):
    said = {"at": clock.now(), "reason": "下周再来", "token": uuid4()} | more
    return refusal_record(actor=None, slip=on, **said)


def rows():
    return Payment.objects.count(), Refusal.objects.count(), AuditRow.objects.count()


def test_payments_are_numbered_by_their_slip(held):
    assert [pay(held, "1.00").payment_no for _n in range(3)] == ["S1-1", "S1-2", "S1-3"]


def test_a_number_that_a_file_brought_is_left_out(held):
    other = slip(order(held.person, "O2"), "S2")
    payment(other, "S1-1")
    assert pay(held).payment_no == "S1-2"


def test_the_same_payment_is_recorded_once_and_answered_the_same(held):
    token = uuid4()
    first = pay(held, token=token)
    slip_was = rows()
    assert pay(held, token=token) == first
    # Also when the first filled the slip, and when it came back since.
    pay(held, "200.00")
    payment_hand_in(actor=None, payment=first)
    payment_hand_in(actor=None, payment=Payment.objects.get(payment_no="S1-2"))
    slip_return(actor=None, slip=held)
    assert pay(held, token=token) == first
    assert rows()[0] == slip_was[0] + 1
    other = slip(order(held.person, "O2"), "S2")
    with pytest.raises(SlipRefused, match="another slip"):
        pay(other, token=token)


@pytest.mark.parametrize("amount", ["500.01", "0.00", "-1.00"])
def test_no_more_than_is_due_and_what_is_due_is_told(held, amount):
    before = rows()
    with pytest.raises(SlipRefused, match=r"500\.00"):
        pay(held, amount)
    assert rows() == before


def test_undone_money_is_due_again(held):
    Payment.objects.filter(pk=pay(held, "500.00").pk).update(undone=yuan("500.00"))
    assert pay(held, "500.00").payment_no == "S1-2"


@pytest.mark.parametrize(
    ("said", "why"),
    [("2026-10-12 12:06", "still to come"), ("2026-10-12 08:29", "issued only")],
)
def test_not_ahead_of_time_nor_before_the_slip(held, said, why):
    before = rows()
    with pytest.raises(SlipRefused, match=why):
        pay(held, received_at=at(said))
    with pytest.raises(SlipRefused, match=why):
        refuse(held, at=at(said))
    assert rows() == before


def test_what_was_said_is_kept_once_with_its_promise(held):
    token = uuid4()
    first = refuse(held, token=token, promised_on=date(2026, 10, 20))
    assert refuse(held, token=token) == first
    assert Refusal.objects.get().promised_on == date(2026, 10, 20)
    assert on_the_road(held.person)[0].refusal == first


@pytest.mark.parametrize("promised", [date(2026, 10, 11), date(2027, 10, 14)])
def test_a_promise_is_neither_past_nor_for_another_life(held, promised):
    with pytest.raises(SlipRefused, match="promise"):
        refuse(held, promised_on=promised)
    with pytest.raises(SlipRefused, match="said"):
        refuse(held, reason="  ")
    assert not Refusal.objects.exists()


def test_nothing_more_is_recorded_where_nothing_is_due(held):
    pay(held, "500.00")
    for record in (pay, refuse):
        with pytest.raises(SlipRefused, match="nothing is due"):
            record(held)


def test_the_promised_come_first_and_the_paid_last(held):
    who = held.person
    later = slip(order(who, "O2"), "S2", due="10.00")
    soon = slip(order(who, "O3"), "S3", due="10.00")
    full = slip(order(who, "O4"), "S4", due="10.00")
    pay(full, "10.00")
    payment(
        slip(order(who, "O5"), "S5", due="5.00"),
        "C",
        amount="5.00",
        received="2026-10-12 09:00",
        handed_in=NOON,
    )
    slip(order(who, "O6"), "S6", returned="2026-10-10 10:00")
    refuse(later, promised_on=date(2026, 10, 20))
    refuse(soon, promised_on=date(2026, 10, 13))
    assert [row.slip_no for row in on_the_road(who)] == ["S3", "S2", "S1", "S4"]


def test_a_late_handover_is_for_the_day_on_the_page(held):
    today = clock.today()
    with clock.set_to(at("2026-10-13 00:00")), pytest.raises(SlipRefused, match="over"):
        late_handover_declare(actor=None, person=held.person, reason="在外地", day=today)
    assert not LateHandover.objects.exists()
    with clock.set_to(at("2026-10-13 00:00") - timedelta(seconds=1)):
        late_handover_declare(actor=None, person=held.person, reason="在外地", day=today)
    assert LateHandover.objects.get().date == today
