"""What orders hand in to all that happened with a customer (ORD-1, CUS-1)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.money import ZERO
from customers.models import Customer
from customers.tests.conftest import user
from orders.models import Delivery, Dispute, GoodsReturn, Order
from orders.timeline import customer as told
from tests.builders import at, order, transfer, yuan
from tests.cast import MANAGER, MATE, SHE, STRANGER, client_of

WHOLE = [
    ("Order D00007 signed: 50,000.00", "2026-09-01 00:00", True),
    ("Order passed on: D00007 吴伟 → 韩娜", "2026-10-08 10:00", False),
    ("Delivered for order D00007: 10,000.00", "2026-10-12 00:00", True),
    ("Goods returned of order D00007: 300.00", "2026-10-14 00:00", True),
    ("Dispute about order D00007", "2026-10-15 09:00", False),
    ("Dispute about order D00007 settled", "2026-10-20 00:00", True),
]


@pytest.fixture
def whole(hers: Order, people) -> Customer:
    """All that can happen with an order of hers, which is her mate's by now."""
    GoodsReturn.objects.create(
        delivery=Delivery.objects.get(),
        amount=yuan("300.00"),
        on=date(2026, 10, 14),
        reason="dented",
        token=uuid4(),
    )
    Dispute.objects.create(
        order=hers,
        text="the colour",
        token=uuid4(),
        opened_at=at("2026-10-15 09:00"),
        opened_by=user(SHE),
        state="settled",
        outcome="painted again",
        settled_on=date(2026, 10, 20),
    )
    transfer(hers, people[MATE], "2026-10-08 10:00")
    return hers.customer


def all_of(who: str, file: Customer, before=None, limit=40):
    return list(told(user(who), file, before, limit))


def titles(who: str, file: Customer, *more) -> list[str]:
    return [each.title for each in all_of(who, file, *more)]


def test_all_that_happened_with_its_orders_in_one_query(whole):
    reader = user(MANAGER)
    list(told(reader, whole, None, 40))  # what is asked once of a login stays known
    with CaptureQueriesContext(connection) as asked:
        happened = list(told(reader, whole, None, 40))
    assert len(asked) == 1
    assert [(each.title, each.at, each.is_day) for each in reversed(happened)] == [
        (title, at(moment), is_day) for title, moment, is_day in WHOLE
    ]
    texts = {each.title: (each.text, each.who) for each in happened}
    assert texts["Dispute about order D00007"] == ("the colour", "吴伟")
    assert texts["Goods returned of order D00007: 300.00"][0] == "dented"


def test_each_leads_to_its_page(whole):
    for each in all_of(MANAGER, whole):
        assert client_of(MANAGER).get(each.url).status_code == 200, each.title


def test_of_these_each_reader_has_what_they_may_see(whole, people):
    assert len(titles(MATE, whole)) == len(WHOLE)
    assert titles(STRANGER, whole) == []
    # Who gave the order away keeps seeing that, and nothing of what came of it.
    assert titles(SHE, whole) == ["Order passed on: D00007 吴伟 → 韩娜"]
    order(people[STRANGER], "D9", delivered={"2026-10-13": "1.00"})
    Order.objects.filter(order_no="D9").update(customer=whole)
    assert titles(STRANGER, whole) == [
        "Delivered for order D9: 1.00",
        "Order D9 signed: 50,000.00",
    ]


@pytest.mark.parametrize("n", range(len(WHOLE)))
def test_before_an_instant_lies_what_began_before_it(whole, n):
    _title, moment, _is_day = WHOLE[n]
    earlier = [title for title, _moment, _day in WHOLE[:n]]
    assert titles(MANAGER, whole, at(moment))[::-1] == earlier
    later = at(moment) + timedelta(microseconds=1)
    assert titles(MANAGER, whole, later)[::-1] == [*earlier, WHOLE[n][0]]
    assert titles(MANAGER, whole, None, n)[::-1] == [
        title for title, _moment, _day in WHOLE[len(WHOLE) - n :]
    ]


def test_what_is_not_decided_or_not_signed_has_not_happened(hers, people):
    order(people[SHE], "D8", signed=None)
    Order.objects.filter(order_no="D8").update(customer=hers.customer, amount=ZERO)
    assert [each.title for each in all_of(SHE, hers.customer)] == [WHOLE[2][0], WHOLE[0][0]]
    assert clock.start_of(date(2026, 10, 12)) == all_of(SHE, hers.customer)[0].at
