"""What collections hand in to all that happened with a customer (SLIP-2, IOU-1, DUE-1, CUS-1)."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from customers.models import Customer
from customers.tests.conftest import user
from orders.models import Delivery
from orders.tests.conftest import hers, people  # noqa: F401  # fixtures
from receivables.models import Iou, Undoing, UnpaidDelivery
from receivables.timeline import customer as told
from tests.builders import at, bad_debt, payment, slip, yuan
from tests.cast import CASHIER, FINANCE, MANAGER, MATE, SHE, STRANGER, client_of

WHOLE = [
    ("Bad-debt case B1 opened", "2026-03-02 00:00"),
    ("Money counted on slip S1: 1,000.00", "2026-10-20 16:30"),
    ("Money counted on slip S1: 200.00", "2026-10-21 09:00"),
    ("IOU for order D00007: 8,800.00", "2026-10-22 10:00"),
    ("Money undone on slip S1: 150.00", "2026-10-23 00:00"),
    ("Original of an IOU received for order D00007", "2026-10-23 11:00"),
    ("Long overdue, taken to the supervisor: order D00007", "2026-10-30 00:00"),
    ("Delivery paid off, order D00007", "2026-10-31 00:00"),
]
OWED = "Still owed of the delivery, order D00007: 8,800.00"


@pytest.fixture
def whole(hers) -> Customer:  # noqa: F811
    on = slip(hers)
    bounced = payment(on, handed_in="2026-10-20 16:30", method="cheque")
    payment(on, "P2", amount="200.00", method="transfer", received="2026-10-21 09:00")
    payment(on, "P3", amount="77.00")  # in her hands: nobody has counted it
    Undoing.objects.create(
        payment=bounced,
        kind="bounced",
        amount=yuan("150.00"),
        on=date(2026, 10, 23),
        reason="no cover",
        token=uuid4(),
    )
    Iou.objects.create(
        delivery=Delivery.objects.get(),
        amount=yuan("8800.00"),
        signed_by="王总",
        recorded_at=at("2026-10-22 10:00"),
        original_at=at("2026-10-23 11:00"),
        original_by=user(FINANCE),
        token=uuid4(),
    )
    UnpaidDelivery.objects.create(
        order=hers,
        delivered_on=date(2026, 10, 12),
        amount=yuan("10000.00"),
        unpaid=yuan("0.00"),
        escalated_on=date(2026, 10, 30),
        settled_on=date(2026, 10, 31),
    )
    bad_debt(hers)
    return hers.customer


def titles(who: str, file: Customer) -> list[str]:
    return [each.title for each in told(user(who), file, None, 40)]


def test_all_that_happened_with_its_money_in_one_query(whole):
    reader = user(MANAGER)
    list(told(reader, whole, None, 40))  # what is asked once of a login stays known
    with CaptureQueriesContext(connection) as asked:
        happened = list(told(reader, whole, None, 40))
    assert len(asked) == 1
    assert [(each.title, each.at) for each in reversed(happened)] == [
        (title, at(moment)) for title, moment in WHOLE
    ]
    texts = {each.title: each.text for each in happened}
    assert texts["IOU for order D00007: 8,800.00"] == "王总"
    assert texts["Money undone on slip S1: 150.00"] == "no cover"


def test_what_is_still_owed_is_told_with_how_much(whole):
    UnpaidDelivery.objects.update(
        settled_on=None, unpaid=yuan("8800.00"), reminded_on=date(2026, 11, 1)
    )
    assert OWED in titles(SHE, whole)
    assert WHOLE[-1][0] not in titles(SHE, whole)


def test_each_leads_to_its_page(whole):
    for each in told(user(SHE), whole, None, 40):
        assert client_of(SHE).get(each.url).status_code == 200, each.title


@pytest.mark.parametrize(
    ("who", "count"),
    [(SHE, 8), (MANAGER, 8), (FINANCE, 8), (CASHIER, 8), (MATE, 0), (STRANGER, 0)],
)
def test_of_money_each_reader_has_what_they_may_see(whole, who, count):
    assert len(titles(who, whole)) == count


def test_who_has_the_file_by_now_sees_no_money_of_who_had_it(whole, people):  # noqa: F811
    Customer.objects.filter(pk=whole.pk).update(owner=people[MATE])
    address = reverse("customer_timeline", args=[whole.customer_no])
    page = client_of(MATE).get(address)
    assert page.status_code == 200
    assert "1,000.00" not in page.text
    assert "B1" not in page.text
    assert "1,000.00" in client_of(MANAGER).get(address).text
