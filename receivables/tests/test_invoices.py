"""SLIP-5: invoices only up to the money counted; issued, cancelled, over-invoiced."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Person, User
from core import clock
from core.models import AuditRow
from orders.models import Order
from receivables.models import Discrepancy, Handover, Invoice, Payment
from receivables.querysets.counted import counted_for, over_invoiced, with_invoicing
from receivables.services import InvoiceRefused, NumberTaken, invoice_cancel, invoice_issue
from receivables.verification_invoices import invoices as invoice_problems
from tests import cast
from tests.builders import at, order, payment, slip, yuan
from tests.cast import FINANCE, MANAGER, SHE, STRANGER, SUPERVISOR, client_of

NOW = at("2026-11-10 10:00")
LIST, ORDERS = reverse("invoices"), reverse("invoice_orders")


@pytest.fixture(autouse=True)
def people(db) -> Iterator[None]:
    with clock.set_to(NOW):
        cast.people_make()
        yield


def someone(no: str) -> Person:
    return Person.objects.get(employee_no=no)


def login(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


@pytest.fixture
def paid() -> Order:
    """An order of hers with 1,000 handed in."""
    made = order(someone(SHE), "O1")
    payment(slip(made), amount="1000.00", handed_in="2026-10-20 17:00")
    return made


def issue(of: Order, amount: str = "1000.00", number: str = "N1", **more: Any) -> Invoice:
    return invoice_issue(
        **{
            "actor": login(FINANCE),
            "order": of,
            "amount": yuan(amount),
            "invoice_no": number,
            "issued_on": clock.today(),
            "token": uuid4(),
            **more,
        }
    )


def counted(of: Order) -> str:
    return str(counted_for([of.pk])[of.pk])


def sums(of: Order) -> tuple[str, str, str]:
    found = with_invoicing(Order.objects.filter(pk=of.pk)).get()
    return str(found.counted), str(found.invoiced), str(found.to_invoice)


# What is counted.


@pytest.mark.parametrize(
    ("payments", "says"),
    [
        ([], "0.00"),
        ([{}], "0.00"),  # in hand
        ([{"handed_in": "2026-10-20 17:00"}], "1000.00"),
        ([{"method": "transfer"}], "1000.00"),
        ([{"method": "transfer", "received": "2026-11-10 10:00:01"}], "0.00"),  # to come
        ([{"handed_in": "2026-11-10 10:00"}], "1000.00"),
        ([{"handed_in": "2026-10-20 17:00"}, {"method": "transfer"}, {}], "2000.00"),
    ],
)
def test_what_is_counted(payments, says):
    made = order(someone(SHE))
    on = slip(made)
    for n, each in enumerate(payments):
        payment(on, f"P{n}", **each)
    assert counted(made) == says


def test_what_was_undone_never_counted(paid):
    Payment.objects.update(undone=yuan("250.00"))
    assert counted(paid) == "750.00"


def handed_over(*payments: Payment, missing: str = "") -> Handover:
    made = Handover.objects.create(
        person=someone(SHE),
        counted_at=NOW,
        recorded=yuan("2000.00"),
        cash=yuan("2000.00") + yuan(missing or "0"),
        cheques=0,
        token=uuid4(),
    )
    Payment.objects.filter(pk__in=[each.pk for each in payments]).update(handover=made)
    if missing:
        Discrepancy.objects.create(handover=made, amount=yuan(missing))
    return made


def test_while_cash_is_missing_all_of_it_is_taken_off_each_order(paid):
    other = order(someone(SHE), "O2")
    big = payment(slip(other, "S2"), "P2", amount="500.00", handed_in="2026-10-20 17:00")
    again = payment(slip(paid, "S3"), "P3", amount="10.00", handed_in="2026-10-20 17:00")
    first = Payment.objects.get(payment_no="P1")
    made = handed_over(first, again, big, missing="-600.00")
    assert (counted(paid), counted(other)) == ("410.00", "0.00")  # once, and never below nothing
    Discrepancy.objects.filter(handover=made).update(state="explained", explanation="lost")
    assert counted(paid) == "410.00"
    Discrepancy.objects.filter(handover=made).update(
        state="settled", settled_at=NOW, settlement="borne"
    )
    assert (counted(paid), counted(other)) == ("1010.00", "500.00")


def test_two_handovers_that_are_short_and_one_with_too_much(paid):
    extra = payment(slip(paid, "S3"), "P3", amount="1000.00", handed_in="2026-10-20 17:00")
    third = payment(slip(paid, "S4"), "P4", amount="1000.00", handed_in="2026-10-20 17:00")
    handed_over(Payment.objects.get(payment_no="P1"), missing="-100.00")
    handed_over(extra, missing="-20.00")
    handed_over(third, missing="50.00")  # a surplus is nobody's money
    assert counted(paid) == "2880.00"


def test_many_orders_take_one_query(paid, django_assert_num_queries):
    orders = [paid, *(order(someone(SHE), f"X{n}") for n in range(30))]
    with django_assert_num_queries(1):
        found = counted_for(each.pk for each in orders)
    assert len(found) == 31
    assert sum(found.values()) == yuan("1000.00")
    assert counted_for([]) == {}


# Issuing.


def test_up_to_what_is_counted_and_not_a_fen_more(paid):
    issue(paid, "400.00", "N1")
    with pytest.raises(InvoiceRefused, match=r"1,000\.00 counted, 400\.00 invoiced: only 600\.00"):
        issue(paid, "600.01", "N2")
    assert Invoice.objects.count() == 1
    issue(paid, "600.00", "N2")
    assert sums(paid) == ("1000.00", "1000.00", "0.00")
    with pytest.raises(InvoiceRefused, match=r"only 0\.00"):
        issue(paid, "0.01", "N3")
    assert Invoice.objects.count() == 2


@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
def test_of_nothing_there_is_no_invoice(paid, amount):
    with pytest.raises(InvoiceRefused, match="needs an amount"):
        issue(paid, amount)
    assert not Invoice.objects.exists()


def test_no_invoice_of_tomorrow(paid):
    with pytest.raises(InvoiceRefused, match="not dated ahead"):
        issue(paid, issued_on=clock.today() + timedelta(days=1))
    assert not Invoice.objects.exists()


def test_a_number_is_used_once_even_when_cancelled(paid):
    first = issue(paid, "100.00", "N1")
    with pytest.raises(NumberTaken, match="order O1 already"):
        issue(paid, "100.00", "N1")
    invoice_cancel(actor=login(FINANCE), invoice=first, reason="a typo")
    with pytest.raises(NumberTaken):
        issue(paid, "100.00", "N1")
    assert Invoice.objects.count() == 1
    assert AuditRow.objects.filter(action="issue", subject__contains="invoice").count() == 1


def test_the_same_form_twice_issues_one(paid):
    token = uuid4()
    assert issue(paid, "100.00", token=token) == issue(paid, "100.00", token=token)
    assert Invoice.objects.count() == 1
    assert AuditRow.objects.filter(subject__contains="invoice").count() == 1


def test_who_issued_what_stands_in_the_trail(paid):
    made = issue(paid, "100.00")
    row = AuditRow.objects.get(action="issue", subject="invoice N1")
    assert row.actor == login(FINANCE)
    assert row.changes["amount"] == [None, "100.00"]
    assert made.issued_by == login(FINANCE)


# Cancelling.


def test_cancelled_its_amount_is_free_again(paid):
    made = issue(paid)
    done = invoice_cancel(actor=login(FINANCE), invoice=made, reason=" wrong tax number ")
    assert done.cancel_reason == "wrong tax number"
    assert sums(paid) == ("1000.00", "0.00", "1000.00")
    issue(paid, number="N2")


def test_who_cancels_second_is_told(paid):
    made = issue(paid)
    invoice_cancel(actor=login(FINANCE), invoice=made, reason="the first")
    with pytest.raises(InvoiceRefused, match=r"韩秀平 has cancelled it already.*the first"):
        invoice_cancel(actor=login(FINANCE), invoice=made, reason="the second")
    assert Invoice.objects.get().cancel_reason == "the first"
    assert AuditRow.objects.filter(action="cancel").count() == 1


def test_cancelling_needs_its_reason(paid):
    made = issue(paid)
    with pytest.raises(InvoiceRefused, match="needs its reason"):
        invoice_cancel(actor=login(FINANCE), invoice=made, reason="  ")
    assert Invoice.objects.get().cancelled_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Invoice.objects.update(cancelled_at=NOW)


# Money that was undone later.


def test_undone_money_leaves_it_over_invoiced_for_finance_and_verify(paid):
    issue(paid)
    assert list(over_invoiced()) == list(invoice_problems()) == []
    Payment.objects.update(undone=yuan("300.00"))
    [found] = over_invoiced()
    assert (found.pk, found.to_invoice) == (paid.pk, Decimal("-300.00"))
    [problem] = invoice_problems()
    assert str(problem) == "invoices O1: 1000.00 is invoiced, and 700.00 counted"
    desk = client_of(FINANCE).get(reverse("home")).content.decode()
    assert "Invoiced too much" in desk
    assert "300.00" in desk
    assert "Invoiced too much" not in client_of(MANAGER).get(reverse("home")).content.decode()
    over = client_of(FINANCE).get(ORDERS, {"state": "over"}).content.decode()
    assert 'data-order="O1"' in over
    page = client_of(FINANCE).get(reverse("order_invoices", args=["O1"])).content.decode()
    assert "more is invoiced than is counted" in page
    invoice_cancel(actor=login(FINANCE), invoice=Invoice.objects.get(), reason="bounced")
    assert list(over_invoiced()) == list(invoice_problems()) == []


# Pages.


def sent(**but: str) -> dict[str, str]:
    return {
        "token": str(uuid4()),
        "amount": "400",
        "invoice_no": "26337000000012345678",
        "issued_on": "2026-11-10",
        **but,
    }


def page_of(order_no: str = "O1") -> str:
    return reverse("order_invoices", args=[order_no])


def test_finance_issues_on_the_page_of_the_order(paid):
    page = client_of(FINANCE).get(page_of()).content.decode()
    assert 'value="1000.00"' in page  # what is open stands there already
    answer = client_of(FINANCE).post(page_of(), sent())
    assert answer.status_code == 302
    page = client_of(FINANCE).get(page_of()).content.decode()
    assert "26337000000012345678" in page
    assert "600.00" in page
    shown = client_of(SHE).get(reverse("order_panel", args=["O1", "invoices"])).content.decode()
    assert "Still to invoice" in shown
    assert "600.00" in shown


def test_full_width_digits_and_blanks_are_the_same_number(paid):
    client_of(FINANCE).post(page_of(), sent(invoice_no=" １２３ 456 "))
    assert Invoice.objects.get().invoice_no == "123456"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"amount": "1000.01"}, "only 1,000.00 can be invoiced"),
        ({"amount": "0"}, "An invoice needs an amount"),
        ({"amount": "-5"}, "greater than or equal to 0"),
        ({"amount": "NaN"}, "Enter a number"),
        ({"amount": "1e999"}, ""),
        ({"amount": "1.001"}, "2 decimal places"),
        ({"amount": ""}, "required"),
        ({"amount": "\x00"}, ""),
        ({"invoice_no": "a/b"}, "is not a code"),
        ({"invoice_no": "\x00"}, ""),
        ({"invoice_no": "9" * 33}, "32 characters"),
        ({"invoice_no": ""}, "required"),
        ({"issued_on": "2026-11-11"}, "not dated ahead"),
        ({"issued_on": "1989-01-01"}, ""),
        ({"issued_on": "yesterday"}, "valid date"),
        ({"token": "x"}, ""),
    ],
)
def test_what_is_no_invoice_is_refused_beside_the_field(paid, wrong, says):
    answer = client_of(FINANCE).post(page_of(), sent(**wrong))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert says in page
    if "invoice_no" not in wrong:
        assert "26337000000012345678" in page  # what was typed is kept
    assert not Invoice.objects.exists()


def test_a_number_that_is_taken_is_said_beside_it(paid):
    issue(paid, "10.00", "N1")
    answer = client_of(FINANCE).post(page_of(), sent(invoice_no="N1"))
    assert answer.status_code == 400
    assert "for order O1 already" in answer.content.decode()
    assert Invoice.objects.count() == 1


@pytest.mark.parametrize("who", [SHE, SUPERVISOR, MANAGER])
def test_others_see_and_do_not_issue(paid, who):
    page = client_of(who).get(page_of())
    assert page.status_code == 200
    assert 'id="issue"' not in page.content.decode()
    answer = client_of(who).post(page_of(), sent())
    assert answer.status_code == 403
    assert "issued by finance" in answer.content.decode()
    assert not Invoice.objects.exists()


def test_a_strangers_order_is_not_there(paid):
    made = issue(paid)
    for address in (page_of(), reverse("invoice", args=[made.invoice_no])):
        assert client_of(STRANGER).get(address).status_code == 404
    for listed in (LIST, ORDERS):
        for query in ({}, {"q": "O1"}, {"export": "csv"}):
            answer = client_of(STRANGER).get(listed, query)
            said = b"".join(answer) if answer.streaming else answer.content
            assert b'data-order="O1"' not in said
            assert b"N1," not in said
            assert "吴伟".encode() not in said


def test_nobody_invoices_what_they_sold_themselves(paid):
    Order.objects.update(person=someone(FINANCE))
    answer = client_of(FINANCE).post(page_of(), sent())
    assert answer.status_code == 403
    assert not Invoice.objects.exists()


def test_the_page_of_an_invoice_cancels_it(paid):
    made = issue(paid)
    address = reverse("invoice_cancel", args=[made.invoice_no])
    assert client_of(MANAGER).post(address, {"reason": "x"}).status_code == 403
    assert client_of(FINANCE).post(address, {"reason": " "}).status_code == 400
    assert Invoice.objects.get().cancelled_at is None
    assert client_of(FINANCE).post(address, {"reason": "wrong tax number"}).status_code == 302
    page = client_of(FINANCE).get(reverse("invoice", args=["N1"])).content.decode()
    assert "wrong tax number" in page
    again = client_of(FINANCE).post(address, {"reason": "again"}, follow=True).content.decode()
    assert "has cancelled it already" in again
    assert Invoice.objects.get().cancel_reason == "wrong tax number"


def test_lists_find_sum_and_export(paid):
    issue(paid, "400.00", "N1")
    invoice_cancel(actor=login(FINANCE), invoice=issue(paid, "70.00", "N2"), reason="x")
    page = client_of(FINANCE).get(LIST).content.decode()
    assert 'data-invoice="N1"' in page
    assert 'data-invoice="N2"' in page
    assert "400.00" in page
    valid = client_of(FINANCE).get(LIST, {"state": "valid"}).content.decode()
    assert 'data-invoice="N2"' not in valid
    assert 'data-invoice="N1"' in client_of(FINANCE).get(LIST, {"q": "wuwei"}).content.decode()
    file = b"".join(client_of(FINANCE).get(LIST, {"export": "csv"})).decode("utf-8-sig")
    assert "N1,K1,吴伟,O1,2026-11-10,valid,400.00" in file
    for state, there in (("open", True), ("done", False), ("over", False)):
        found = client_of(FINANCE).get(ORDERS, {"state": state}).content.decode()
        assert ('data-order="O1"' in found) is there


def test_an_empty_list_says_what_to_do():
    assert "No invoices yet" in client_of(FINANCE).get(LIST).content.decode()
    assert "Nothing to invoice" in client_of(FINANCE).get(ORDERS).content.decode()
