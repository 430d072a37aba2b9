"""Never more on slips than the order leaves; a line is issued once; who is blocked gets none."""

from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.models import User
from core import clock
from core.models import AuditRow
from orders.models import Delivery
from receivables.models import BlockLift, Discrepancy, Handover, Slip
from receivables.querysets.blocks import blocks_of
from receivables.querysets.morning import suggestions
from receivables.services import (
    SlipRefused,
    block_lift,
    payment_hand_in,
    payment_record,
    slip_issue,
    slip_return,
    unpaid_converge,
)
from tests.builders import at, order, payment, person, slip, yuan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with clock.set_to(at("2026-10-12 08:30")):
        yield


@pytest.fixture
def seller():
    return person()


@pytest.fixture
def sold(seller):
    return order(seller, amount="1000.00")


def issue(sold, amount="500.00", **more):
    return slip_issue(
        **{"actor": None, "order": sold, "person": sold.person, "amount_due": yuan(amount)} | more
    )


def pay(on, amount="100.00", **more):
    said = {"method": "cash", "received_at": clock.now()} | more
    return payment_record(actor=None, slip=on, amount=yuan(amount), **said)


def refused(sold, why, **more):
    before = Slip.objects.count(), AuditRow.objects.count()
    with pytest.raises(SlipRefused, match=why):
        issue(sold, **more)
    assert (Slip.objects.count(), AuditRow.objects.count()) == before


def test_slips_never_ask_for_more_than_the_order(sold):
    issue(sold, "600.00")
    refused(sold, r"400\.00", amount="400.01")
    issue(sold, "400.00")
    refused(sold, r"0\.00", amount="0.01")


def test_what_comes_back_unpaid_can_be_asked_for_again(sold):
    first = issue(sold, "1000.00")
    payment_hand_in(actor=None, payment=pay(first, "300.00"))
    slip_return(actor=None, slip=first)
    refused(sold, r"700\.00", amount="700.01")
    assert issue(sold, "700.00").slip_no == "S000002"


def test_goods_that_came_back_are_not_asked_for(sold):
    delivery = Delivery.objects.create(
        order=sold, delivered_on="2026-10-01", amount=yuan("1000.00"), returned=yuan("250.00")
    )
    refused(sold, r"750\.00", amount="750.01")
    Delivery.objects.filter(pk=delivery.pk).update(returned=0)
    issue(sold, "1000.00")


def test_a_line_sent_twice_is_issued_once(sold):
    token = uuid4()
    first, again = issue(sold, token=token), issue(sold, token=token)
    assert (first.pk, Slip.objects.count()) == (again.pk, 1)
    other = order(sold.person, "O2")
    refused(other, "another order", token=token)


def test_the_same_line_is_answered_even_when_blocked_since(sold):
    token = uuid4()
    first = issue(sold, token=token)
    pay(first)
    with clock.set_to(at("2026-10-13 08:30")):
        assert issue(sold, token=token) == first
        refused(sold, "not handed in yet", amount="1.00")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"left_on": "2026-10-11"}, "has left"),
        ({"suspended_on": "2026-10-12"}, "suspended"),
        ({"roles": "keeper"}, "no salesperson"),
    ],
)
def test_who_does_not_collect_gets_none(sold, change, why):
    type(sold.person).objects.filter(pk=sold.person.pk).update(**change)
    sold.person.refresh_from_db()
    refused(sold, why)


def test_nobody_hands_out_slips_to_themselves(sold):
    herself = User.objects.create(username="Y001", person=sold.person)
    refused(sold, "to themselves", actor=herself)


def test_an_unsettled_difference_blocks_and_is_told(sold):
    counted = Handover.objects.create(
        person=sold.person,
        counted_at=clock.now(),
        recorded=yuan("100.00"),
        cash=yuan("90.00"),
        cheques=yuan("0.00"),
        token=uuid4(),
    )
    difference = Discrepancy.objects.create(handover=counted, amount=yuan("-10.00"))
    refused(sold, "difference")
    assert blocks_of()[sold.person_id].differences == 1
    Discrepancy.objects.filter(pk=difference.pk).update(
        state="settled", settled_at=clock.now(), settlement="borne"
    )
    issue(sold)


def test_a_lift_is_for_its_day_alone(sold):
    pay(issue(sold))
    with clock.set_to(at("2026-10-13 08:30")):
        assert blocks_of()[sold.person_id].stands
        block_lift(actor=None, person=sold.person, reason="客户催款")
        block_lift(actor=None, person=sold.person, reason="再说一次")
        assert BlockLift.objects.get().reason == "客户催款"
        assert not blocks_of([sold.person_id])[sold.person_id].stands
        issue(sold, "100.00")
    with clock.set_to(at("2026-10-14 08:30")):
        refused(sold, "not handed in yet", amount="100.00")


def test_nobody_lifts_their_own_block(seller):
    herself = User.objects.create(username="Y001", person=seller)
    with pytest.raises(SlipRefused):
        block_lift(actor=herself, person=seller, reason="急")
    assert not BlockLift.objects.exists()


def test_a_slip_with_money_in_hand_is_not_taken_back(sold):
    row = issue(sold)
    held = pay(row)
    with pytest.raises(SlipRefused, match="not handed in"):
        slip_return(actor=None, slip=row)
    row.refresh_from_db()
    assert row.returned_at is None
    payment_hand_in(actor=None, payment=held)
    assert slip_return(actor=None, slip=row)


def test_what_is_suggested_is_delivered_unpaid_and_on_no_slip(seller):
    sold = order(seller, delivered={"2026-10-01": "400.00", "2026-10-05": "200.00"})
    order(seller, "O2", delivered={"2026-10-02": "50.00"}, amount="50.00")
    unpaid_converge(as_of=clock.today())
    found = {each.order_id: each.amount for each in suggestions()}
    assert sorted(found.values()) == [Decimal("50.00"), Decimal("600.00")]
    on = issue(sold, "250.00")
    assert {each.amount for each in suggestions()} == {Decimal("50.00"), Decimal("350.00")}
    pay(on, "100.00")  # out on a slip, whether paid or not
    assert {each.amount for each in suggestions()} == {Decimal("50.00"), Decimal("350.00")}
    issue(sold, "350.00")
    assert [each.amount for each in suggestions()] == [Decimal("50.00")]
    assert [each.amount for each in suggestions("O2")] == [Decimal("50.00")]
    assert suggestions("nobody") == []


def test_a_hundred_orders_are_read_in_as_many_queries_as_one(seller, django_assert_num_queries):
    for n in range(100):
        on = slip(order(seller, f"N{n}", delivered={"2026-10-01": "10.00"}), f"N{n}", due="4.00")
        payment(on, f"N{n}", amount="4.00", received="2026-10-02 10:00", handed_in=None)
    unpaid_converge(as_of=clock.today())
    with django_assert_num_queries(5):
        assert {each.amount for each in suggestions()} == {Decimal("6.00")}
