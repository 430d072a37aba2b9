"""Orders entered, changed and signed; deliveries and disputes (ORD-1)."""

from datetime import date
from uuid import uuid4

import pytest

from accounts.models import User
from core.models import AuditRow
from orders.models import Delivery, Dispute, Order
from orders.services import (
    ChangedMeanwhile,
    OrderFacts,
    OrderRefused,
    delivery_correct,
    delivery_record,
    dispute_open,
    dispute_settle,
    order_add,
    order_edit,
    order_sign,
    version_of,
)
from tests.builders import customer, order, slip, yuan
from tests.cast import FINANCE, MANAGER, MATE, SHE

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 11, 2), date(2026, 11, 3)


def user(no=SHE):
    return User.objects.select_related("person").get(username=no)


def add(people, **more):
    given = {
        "actor": user(),
        "token": uuid4(),
        "order_no": "",
        "customer": customer("K9", people[SHE]),
        "person": people[SHE],
        "facts": OrderFacts(yuan("100")),
        **more,
    }
    return order_add(**given)


def edit(row, **changes):
    facts = OrderFacts(row.amount, row.margin, row.signed_on, row.terms)._replace(
        **{name: each for name, each in changes.items() if name != "customer"}
    )
    return order_edit(
        actor=user(FINANCE),
        order=row,
        seen=version_of(row),
        customer=changes.get("customer", row.customer),
        facts=facts,
    )


def test_an_order_without_a_number_gets_the_next_one(people, hers):
    made = add(people, facts=OrderFacts(yuan("100"), yuan("20"), TODAY, "  in ten days "))
    assert (made.order_no, made.terms, made.signed_on) == ("D00008", "in ten days", TODAY)
    assert made.person == people[SHE]
    changes = AuditRow.objects.get(action="add").changes
    assert (changes["amount"], changes["margin"]) == ([None, "100.00"], [None, "20.00"])


def test_the_same_form_twice_is_one_order(people):
    token = uuid4()
    assert add(people, token=token) == add(people, token=token)
    assert Order.objects.count() == 1


def test_a_number_stands_once(people, hers):
    with pytest.raises(OrderRefused) as refused:
        add(people, order_no=hers.order_no)
    assert refused.value.field == "order_no"
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (OrderFacts(yuan("0")), "amount"),
        (OrderFacts(yuan("-1")), "amount"),
        (OrderFacts(yuan("10"), yuan("10.01")), "margin"),
        (OrderFacts(yuan("10"), None, TOMORROW), "signed_on"),
    ],
)
def test_what_no_order_can_be(people, facts, field):
    with pytest.raises(OrderRefused) as refused:
        add(people, facts=facts)
    assert refused.value.field == field
    assert not Order.objects.exists()


def test_who_does_not_sell_gets_no_order(people):
    with pytest.raises(OrderRefused):
        add(people, person=people[MANAGER])
    people[MATE].left_on = date(2026, 10, 31)
    with pytest.raises(OrderRefused):
        add(people, person=people[MATE])
    assert not Order.objects.exists()


def test_a_change_says_what_it_was(hers):
    changed = edit(hers, amount=yuan("60000"), terms="new")
    assert (changed.amount, changed.terms) == (yuan("60000"), "new")
    changes = AuditRow.objects.get(action="edit").changes
    assert changes == {"amount": ["50000.00", "60000.00"], "terms": ["", "new"]}


def test_nothing_changed_is_no_change(hers):
    edit(hers)
    assert not AuditRow.objects.filter(action="edit").exists()


def test_who_saw_something_older_is_told(hers):
    seen = version_of(hers)
    Order.objects.filter(pk=hers.pk).update(amount=yuan("70000"))  # as a file does
    with pytest.raises(ChangedMeanwhile):
        order_edit(
            actor=user(),
            order=hers,
            seen=seen,
            customer=hers.customer,
            facts=OrderFacts(yuan("1"), None, hers.signed_on),
        )
    hers.refresh_from_db()
    assert hers.amount == yuan("70000")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": yuan("9999.99")}, "amount"),
        ({"signed_on": None}, "signed_on"),
        ({"signed_on": TOMORROW}, "signed_on"),
    ],
)
def test_what_an_order_cannot_become(hers, changes, field):
    with pytest.raises(OrderRefused) as refused:
        edit(hers, **changes)
    assert refused.value.field == field
    assert version_of(Order.objects.get()) == version_of(hers)


def test_it_can_be_of_just_what_was_delivered(hers):
    Delivery.objects.update(returned=yuan("500"))
    assert edit(hers, amount=yuan("9500")).amount == yuan("9500")


def test_the_customer_changes_only_while_nothing_rests_on_it(people, hers):
    other = customer("K8", people[SHE])
    with pytest.raises(OrderRefused) as refused:
        edit(hers, customer=other)
    assert refused.value.field == "customer"
    empty = order(people[SHE], "D00008", signed=None)
    assert edit(empty, customer=other).customer == other
    slip(empty)
    with pytest.raises(OrderRefused):
        edit(empty, customer=hers.customer)
    empty.refresh_from_db()
    assert empty.customer == other


def test_signed_once(people):
    row = order(people[SHE], signed=None)
    seen = version_of(row)
    with pytest.raises(OrderRefused):
        order_sign(actor=user(), order=row, seen=seen, signed_on=TOMORROW)
    assert order_sign(actor=user(), order=row, seen=seen, signed_on=TODAY).signed_on == TODAY
    with pytest.raises(ChangedMeanwhile):
        order_sign(actor=user(), order=row, seen=seen, signed_on=date(2026, 11, 1))
    assert Order.objects.get().signed_on == TODAY


def deliver(row, amount, on="2026-10-20"):
    return delivery_record(
        actor=user(), order=row, delivered_on=date.fromisoformat(on), amount=yuan(amount)
    )


def test_a_delivery_up_to_the_amount(hers):
    deliver(hers, "40000.00")
    with pytest.raises(OrderRefused) as refused:
        deliver(hers, "0.01", "2026-10-21")
    assert refused.value.field == "amount"
    assert Delivery.objects.count() == 2


def test_what_came_back_may_be_delivered_again(hers):
    Delivery.objects.update(returned=yuan("1000"))
    deliver(hers, "41000.00")
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize(
    ("amount", "on", "field"),
    [
        ("1.00", "2026-10-12", "delivered_on"),
        ("1.00", "2026-11-03", "delivered_on"),
        ("0.00", "2026-10-20", "amount"),
        ("-5.00", "2026-10-20", "amount"),
    ],
)
def test_what_no_delivery_can_be(hers, amount, on, field):
    with pytest.raises(OrderRefused) as refused:
        deliver(hers, amount, on)
    assert refused.value.field == field
    assert Delivery.objects.count() == 1


def correct(row, amount, on=None, seen=None, reason="counted again"):
    return delivery_correct(
        actor=user(FINANCE),
        delivery=row,
        seen=seen or (row.delivered_on, row.amount),
        delivered_on=date.fromisoformat(on) if on else row.delivered_on,
        amount=yuan(amount),
        reason=reason,
    )


def test_a_delivery_is_corrected_with_its_reason(hers):
    found = correct(Delivery.objects.get(), "9000.00", "2026-10-13")
    assert (found.amount, found.delivered_on) == (yuan("9000"), date(2026, 10, 13))
    assert AuditRow.objects.get(action="correct").changes == {
        "delivered_on": ["2026-10-12", "2026-10-13"],
        "amount": ["10000.00", "9000.00"],
        "reason": "counted again",
    }


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"amount": "50995.01"}, OrderRefused),  # a fen more than the order is of
        ({"amount": "999.99"}, OrderRefused),  # less than came back
        ({"amount": "2000.00", "reason": " "}, OrderRefused),
        ({"amount": "2000.00", "on": "2026-11-03"}, OrderRefused),
        ({"amount": "2000.00", "on": "2026-10-14"}, OrderRefused),  # that day has one
        ({"amount": "2000.00", "seen": (date(2026, 10, 12), yuan("1"))}, ChangedMeanwhile),
    ],
)
def test_what_a_delivery_is_not_corrected_to(hers, wrong, error):
    Delivery.objects.update(returned=yuan("1000"))
    deliver(hers, "5.00", "2026-10-14")
    row = Delivery.objects.get(delivered_on=date(2026, 10, 12))
    with pytest.raises(error):
        correct(row, **wrong)
    row.refresh_from_db()
    assert (row.amount, row.delivered_on) == (yuan("10000"), date(2026, 10, 12))


def test_all_of_it_came_back_and_nothing_had_gone_out(hers):
    Delivery.objects.update(amount=yuan("10"), returned=yuan("10"))
    assert correct(Delivery.objects.get(), "10.00", "2026-10-13").net == 0


def dispute(row, amount=None, token=None):
    return dispute_open(
        actor=user(), order=row, text=" broken ", amount=amount, token=token or uuid4()
    )


def test_a_dispute_and_how_it_ended(hers):
    token = uuid4()
    opened = dispute(hers, yuan("100"), token)
    assert dispute(hers, yuan("100"), token) == opened
    assert (opened.text, opened.is_open) == ("broken", True)
    settled = dispute_settle(
        actor=user(FINANCE), dispute=opened, outcome="mended", settled_on=TODAY
    )
    assert (settled.state, settled.outcome) == ("settled", "mended")
    with pytest.raises(ChangedMeanwhile, match="mended"):
        dispute_settle(actor=user(), dispute=opened, outcome="paid", settled_on=TODAY)
    assert Dispute.objects.get().outcome == "mended"


@pytest.mark.parametrize("amount", ["0", "-1", "50000.01"])
def test_no_more_than_the_order_is_in_dispute(hers, amount):
    with pytest.raises(OrderRefused):
        dispute(hers, yuan(amount))
    assert not Dispute.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "on"), [(" ", TODAY), ("x", TOMORROW), ("x", date(2026, 11, 1))]
)
def test_a_dispute_is_not_settled_so(hers, outcome, on):
    opened = dispute(hers)
    with pytest.raises(OrderRefused):
        dispute_settle(actor=user(), dispute=opened, outcome=outcome, settled_on=on)
    assert Dispute.objects.get().is_open
