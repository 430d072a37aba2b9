"""A cheque bounces, money is given back, goods come back: what hung on them follows (SLIP-6)."""

from decimal import Decimal
from uuid import uuid4

import pytest

from core import clock
from core.models import AuditRow
from core.months import Month
from orders.models import Delivery, GoodsReturn
from orders.services import ReturnRefused, goods_return_record
from payroll.models import Entry, PayMonth
from payroll.services import month_close, month_final
from receivables.models import Invoice, Payment, Undoing, UnpaidDelivery
from receivables.querysets.counted import counted_for
from receivables.querysets.custody import money_in_hand, slips_held
from receivables.services import (
    SlipRefused,
    UndoingRefused,
    goods_take_back,
    payment_record,
    payment_undo,
    unpaid_converge,
)
from receivables.services.foretelling import undoing_foretell
from receivables.verification_counter import undone as undone_problems
from tests import builders
from tests.builders import at, day, yuan

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


@pytest.fixture
def she():
    return builders.person()


@pytest.fixture
def order(she):
    return builders.order(she, amount="9000.00", delivered={"2026-10-05": "9000.00"})


@pytest.fixture
def cheque(order):
    slip = builders.slip(order, due="9000.00", issued="2026-10-12 08:00")
    return builders.payment(
        slip, amount="9000.00", method="cheque", received="2026-10-12 10:00",
        handed_in="2026-10-12 17:00",
    )  # fmt: skip


def bounce(payment, **changed):
    said = {
        "kind": "bounced",
        "amount": payment.net,
        "on": day("2026-10-20"),
        "reason": "余额不足",
        "token": uuid4(),
    }
    return payment_undo(actor=None, payment=payment, **{**said, **changed})


def commission_of(month):
    lines = Entry.objects.standing().filter(rule="COMM-1", pay_month=month)
    return sum((entry.on_pay for entry in lines), Decimal("0.00"))


@clock.set_to(at("2026-10-20 10:00"))
def test_a_bounced_cheque_is_due_again_on_its_slip(cheque, she):
    assert slips_held(she) == (0, Decimal("0.00"))
    bounce(cheque)
    assert slips_held(she) == (1, Decimal("9000.00"))
    assert counted_for([cheque.slip.order_id]) == {cheque.slip.order_id: Decimal("0.00")}
    again = payment_record(
        actor=None, slip=cheque.slip, payment_no="P2", amount=yuan("9000.00"), method="cash",
        received_at=clock.now(),
    )  # fmt: skip
    assert [held.amount for held in money_in_hand([she])] == [again.amount]
    row = AuditRow.objects.get(action="bounced")
    assert row.changes == {"undone": ["0.00", "9000.00"], "reason": [None, "余额不足"]}


@clock.set_to(at("2026-10-20 10:00"))
def test_its_delivery_is_unpaid_again_since_its_own_day(cheque):
    unpaid_converge(as_of=day("2026-10-20"))
    settled = UnpaidDelivery.objects.get()
    assert (settled.unpaid, settled.settled_on) == (yuan("0.00"), day("2026-10-12"))
    bounce(cheque)
    row = UnpaidDelivery.objects.get()
    assert (row.unpaid, row.settled_on, row.escalated_on) == (
        yuan("9000.00"), None, day("2026-10-16"),
    )  # fmt: skip


def test_commission_on_it_goes_at_the_next_close(cheque):
    month_close(month=OCTOBER, as_of=at("2026-11-02 09:00"))
    assert commission_of(OCTOBER) == yuan("90.00")
    with clock.set_to(at("2026-11-03 09:00")):
        bounce(cheque, on=day("2026-11-03"))
    month_close(month=OCTOBER, as_of=at("2026-11-03 10:00"))
    assert commission_of(OCTOBER) == yuan("0.00")


def test_after_final_the_difference_stands_on_the_next_month(cheque):
    month_close(month=OCTOBER, as_of=at("2026-11-02 09:00"))
    with clock.set_to(at("2026-11-12 09:00")):
        month_final(month=OCTOBER, early_reason="本月提前")
        bounce(cheque, on=day("2026-11-12"))
    month_close(month=OCTOBER, as_of=at("2026-11-12 10:00"))
    month_close(month=NOVEMBER, as_of=at("2026-12-02 09:00"))
    assert PayMonth.objects.get(month=OCTOBER).is_final
    taken = Entry.objects.filter(rule="COMM-1", pay_month=NOVEMBER, for_month=OCTOBER)
    assert [entry.on_pay for entry in taken] == [yuan("-90.00")]


def test_a_carried_over_cheque_that_never_was_good_costs_no_fine(order):
    slip = builders.slip(order, due="9000.00", issued="2026-10-12 08:00")
    carried = builders.payment(
        slip, amount="9000.00", method="cheque", received="2026-10-27 10:00",
        handed_in="2026-10-30 10:00",
    )  # fmt: skip
    month_close(month=OCTOBER, as_of=at("2026-11-02 09:00"))
    assert Entry.objects.standing().filter(rule="CUT-2").count() == 1
    with clock.set_to(at("2026-11-02 10:00")):
        bounce(carried, on=day("2026-11-02"))
    month_close(month=OCTOBER, as_of=at("2026-11-02 11:00"))
    assert not Entry.objects.standing().filter(rule="CUT-2").exists()


@clock.set_to(at("2026-10-20 10:00"))
def test_a_refund_in_parts_never_passes_the_payment(cheque):
    for amount in ("4000.00", "5000.00"):
        bounce(cheque, kind="refund", amount=yuan(amount))
        cheque.refresh_from_db()
    with pytest.raises(UndoingRefused):
        bounce(cheque, kind="refund", amount=yuan("0.01"))
    assert cheque.undone == yuan("9000.00")
    assert [each.amount for each in Undoing.objects.all()] == [yuan("4000.00"), yuan("5000.00")]


@clock.set_to(at("2026-10-20 10:00"))
@pytest.mark.parametrize(
    "changed",
    [
        {"reason": "  "},
        {"amount": Decimal("8999.99")},
        {"amount": Decimal("9000.01")},
        {"on": day("2026-10-11")},
        {"on": day("2026-10-21")},
    ],
)
def test_what_is_refused_changes_nothing(cheque, changed):
    with pytest.raises(UndoingRefused):
        bounce(cheque, **changed)
    cheque.refresh_from_db()
    assert cheque.undone == 0
    assert not Undoing.objects.exists()
    assert not AuditRow.objects.filter(action="bounced").exists()


@clock.set_to(at("2026-10-20 10:00"))
def test_sent_twice_it_is_recorded_once(cheque):
    token = uuid4()
    first = bounce(cheque, kind="refund", amount=yuan("100.00"), token=token)
    cheque.refresh_from_db()
    assert bounce(cheque, kind="refund", amount=yuan("100.00"), token=token) == first
    assert Payment.objects.get().undone == yuan("100.00")


@clock.set_to(at("2026-10-20 10:00"))
def test_what_follows_is_what_comes(cheque, she):
    Invoice.objects.create(
        invoice_no="F1", order=cheque.slip.order, amount=yuan("5000.00"),
        issued_on=day("2026-10-15"), token=uuid4(),
    )  # fmt: skip
    foretold = undoing_foretell(payment=cheque, change=lambda: bounce(cheque))
    assert Payment.objects.get().undone == 0
    assert not Undoing.objects.exists()
    assert not AuditRow.objects.filter(action="bounced").exists()
    assert (foretold.before.slip_due, foretold.after.slip_due) == (yuan("0.00"), yuan("9000.00"))
    assert foretold.after.over_invoiced == yuan("5000.00")
    assert [state.unpaid for state in foretold.after.deliveries] == [yuan("9000.00")]
    (change,) = foretold.pay
    assert (change.person, change.month, change.rule) == (she, OCTOBER, "COMM-1")
    assert change.difference == yuan("-90.00")
    assert foretold.months == [OCTOBER]


@clock.set_to(at("2026-10-20 10:00"))
def test_goods_that_came_back_are_owed_no_more(order):
    delivery = Delivery.objects.get()
    unpaid_converge(as_of=day("2026-10-20"))
    said = {"on": day("2026-10-19"), "reason": "型号不对", "token": uuid4()}
    goods_take_back(actor=None, delivery=delivery, amount=yuan("2000.00"), **said)
    assert UnpaidDelivery.objects.get().unpaid == yuan("7000.00")
    delivery.refresh_from_db()
    assert (delivery.returned, delivery.net) == (yuan("2000.00"), yuan("7000.00"))
    goods_take_back(actor=None, delivery=delivery, amount=yuan("2000.00"), **said)
    assert GoodsReturn.objects.count() == 1
    said["token"] = uuid4()
    with pytest.raises(ReturnRefused):
        goods_return_record(actor=None, delivery=delivery, amount=yuan("7000.01"), **said)
    goods_take_back(actor=None, delivery=delivery, amount=yuan("7000.00"), **said)
    assert UnpaidDelivery.objects.open().count() == 0


def test_a_dead_debt_is_what_was_delivered_less_what_came_back(order):
    """RES-6: delivered, less returned, less the money handed in for it."""
    builders.bad_debt(order, opened="2026-10-08", dead="2026-10-26")
    with clock.set_to(at("2026-10-20 10:00")):
        goods_take_back(
            actor=None, delivery=Delivery.objects.get(), amount=yuan("2500.00"),
            on=day("2026-10-20"), reason="退货", token=uuid4(),
        )  # fmt: skip
    month_close(month=OCTOBER, as_of=at("2026-11-02 09:00"))
    borne = Entry.objects.standing().filter(rule="RES-6")
    assert [entry.on_pay for entry in borne] == [yuan("-6500.00")]


@clock.set_to(at("2026-10-20 10:00"))
def test_the_books_know_when_a_sum_and_its_rows_differ(cheque):
    bounce(cheque, kind="refund", amount=yuan("100.00"))
    assert list(undone_problems()) == []
    Payment.objects.update(undone=yuan("99.99"))
    Delivery.objects.update(returned=yuan("1.00"))
    assert [problem.where for problem in undone_problems()] == ["P1", "O1 2026-10-05"]


@clock.set_to(at("2026-10-20 10:00"))
def test_nothing_is_recorded_past_what_is_due_after_an_undoing(cheque):
    bounce(cheque, kind="refund", amount=yuan("100.00"))
    with pytest.raises(SlipRefused):
        payment_record(
            actor=None, slip=cheque.slip, payment_no="P2", amount=yuan("100.01"), method="cash",
            received_at=clock.now(),
        )  # fmt: skip
