"""Slips are numbered without gaps, never overpaid, and held back while money is in hand."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from accounts.models import Person
from core import clock
from core.models import AuditRow
from customers.models import Customer
from orders.models import Order
from receivables.models import LateHandover, Payment, Slip
from receivables.rules.slips import number_after, still_due
from receivables.services import (
    SlipRefused,
    block_lift,
    late_handover_declare,
    payment_hand_in,
    payment_record,
    slip_issue,
    slip_return,
)


@pytest.mark.parametrize(
    ("latest", "following"),
    [
        (None, "S000001"),
        ("S000009", "S000010"),
        ("S999999", "S1000000"),
        ("2026-00041", "2026-00042"),
        ("7", "8"),
    ],
)
def test_numbers_follow_without_a_gap(latest, following):
    assert number_after(latest) == following


def test_a_number_without_digits_has_no_next():
    with pytest.raises(ValueError, match="digits"):
        number_after("SLIP")


def test_what_is_still_due():
    assert still_due(Decimal("100.00"), [Decimal("40.00"), Decimal("59.99")]) == Decimal("0.01")


def local(text: str) -> datetime:
    return clock.from_local(datetime.fromisoformat(text))


@pytest.fixture
def seller():
    return Person.objects.create(
        employee_no="Y001", name="吴伟", roles="salesperson", channel="field",
        hired_on=date(2020, 1, 1),
    )  # fmt: skip


@pytest.fixture
def order(seller):
    customer = Customer.objects.create(
        customer_no="K1", name="宁波", created_on=date(2025, 1, 1), owner=seller
    )
    return Order.objects.create(
        order_no="D1", customer=customer, person=seller, amount=Decimal("5000.00")
    )


def issue(order, seller, **options):
    return slip_issue(
        actor=None, order=order, person=seller, amount_due=Decimal("500.00"), **options
    )


def pay(slip, no="R1", amount="300.00", method="cash"):
    return payment_record(
        actor=None, slip=slip, payment_no=no, amount=Decimal(amount), method=method,
        received_at=clock.now(),
    )  # fmt: skip


@pytest.mark.django_db
def test_a_refused_slip_leaves_no_gap(order, seller):
    assert issue(order, seller).slip_no == "S000001"
    with pytest.raises(SlipRefused):
        slip_issue(actor=None, order=order, person=seller, amount_due=Decimal("0.00"))
    assert issue(order, seller).slip_no == "S000002"


@pytest.mark.django_db
def test_payments_never_pass_the_amount_due(order, seller):
    slip = issue(order, seller)
    pay(slip, amount="499.99")
    with pytest.raises(SlipRefused, match=r"0\.01"):
        pay(slip, no="R2", amount="0.02")
    pay(slip, no="R2", amount="0.01")
    assert Payment.objects.count() == 2


@pytest.mark.django_db
def test_nothing_is_paid_on_a_returned_slip(order, seller):
    slip = issue(order, seller)
    assert slip_return(actor=None, slip=slip)
    assert not slip_return(actor=None, slip=slip)
    with pytest.raises(SlipRefused):
        pay(slip)


@pytest.mark.django_db
def test_money_of_an_earlier_day_blocks_new_slips_until_handed_in(order, seller):
    with clock.set_to(local("2026-10-12T15:00:00")):
        payment = pay(issue(order, seller))
        issue(order, seller)  # the same day nothing is late yet
        late_handover_declare(actor=None, person=seller, reason="在外地")
    with clock.set_to(local("2026-10-13T08:30:00")):
        with pytest.raises(SlipRefused, match=r"Oct\. 12"):
            issue(order, seller)
        assert Slip.objects.count() == 2
        with pytest.raises(SlipRefused):
            block_lift(actor=None, person=seller, reason=" ")
        block_lift(actor=None, person=seller, reason="经理同意")
        assert AuditRow.objects.latest("id").changes["reason"] == "经理同意"
        assert issue(order, seller).slip_no == "S000003"
        assert payment_hand_in(actor=None, payment=payment)
        assert not payment_hand_in(actor=None, payment=payment)
        assert issue(order, seller).slip_no == "S000004"


@pytest.mark.django_db
def test_a_transfer_never_blocks_and_is_never_handed_in(order, seller):
    with clock.set_to(local("2026-10-12T15:00:00")):
        payment = pay(issue(order, seller), method="transfer")
    with clock.set_to(local("2026-10-13T08:30:00")):
        assert not payment_hand_in(actor=None, payment=payment)
        issue(order, seller)


@pytest.mark.django_db
def test_a_late_handover_is_declared_once_with_its_reason(seller):
    with pytest.raises(SlipRefused):
        late_handover_declare(actor=None, person=seller, reason="  ")
    first = late_handover_declare(actor=None, person=seller, reason="在外地")
    again = late_handover_declare(actor=None, person=seller, reason="另一个原因")
    assert (again.pk, again.reason) == (first.pk, "在外地")
    assert LateHandover.objects.count() == 1
