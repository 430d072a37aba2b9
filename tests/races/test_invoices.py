"""Many invoice one order at once: together never more than the money counted for it (SLIP-5).

`test_sixteen` has them race for all of it, at the pages.
"""

from contextlib import nullcontext
from decimal import Decimal
from functools import partial
from threading import Barrier
from typing import Any
from uuid import uuid4

from django.db.models import Sum

from accounts.models import Person, User
from core import clock
from core.models import AuditRow
from orders.models import Order
from receivables.models import Invoice
from receivables.services import InvoiceRefused, NumberTaken, invoice_issue
from receivables.services import invoices as service
from tests.races.at_once import PATIENCE, at_once
from tests.races.money import paid_order

ROUNDS, CLERKS = 4, 6


def finance() -> User:
    person = Person.objects.filter(roles__contains="finance").order_by("pk").first()
    person = person or Person.objects.create(
        employee_no="C999", name="财", roles="finance", hired_on="2024-01-01"
    )
    return User.objects.get_or_create(username=person.employee_no, defaults={"person": person})[0]


def issue(of: Order, number: str, amount: str, clerk: User, **more: Any) -> Invoice:
    return invoice_issue(
        **{
            "actor": clerk,
            "order": of,
            "amount": Decimal(amount),
            "invoice_no": number,
            "issued_on": clock.today(),
            "token": uuid4(),
            **more,
        }
    )


def invoiced(of: Order) -> Decimal:
    return Invoice.objects.filter(order=of).aggregate(sum=Sum("amount"))["sum"]


def all_at_once(books: str, of: Order, amount: str) -> list[Any]:
    clerk = finance()
    return at_once(
        books,
        *(
            lambda n=n: issue(of, f"{of.order_no}-{n}", amount, clerk)  # type: ignore[misc]
            for n in range(CLERKS)
        ),
    )


def test_together_never_more_than_is_counted(books):
    for turn in range(ROUNDS):
        order = paid_order(f"RACE{turn}")
        came = all_at_once(books, order, "300.00")
        issued = [each for each in came if isinstance(each, Invoice)]
        refused = [each for each in came if isinstance(each, InvoiceRefused)]
        assert (len(issued), len(refused)) == (3, CLERKS - 3), came
        assert invoiced(order) == Decimal("900.00")
        assert all("only 100.00" in str(each) for each in refused)
    issues = AuditRow.objects.filter(action="issue", subject__startswith="invoice")
    assert issues.count() == 3 * ROUNDS


def test_one_form_sent_twice_at_once_issues_one(books):
    clerk = finance()
    for turn in range(ROUNDS):
        order, number, token = paid_order(f"RACE{turn}"), f"N{turn}", uuid4()
        sent = partial(issue, order, number, "300.00", clerk, token=token)
        came = at_once(books, *[sent] * 3)
        assert {type(each) for each in came} == {Invoice}, came
        assert len({each.pk for each in came}) == 1
        assert invoiced(order) == Decimal("300.00")


def test_one_number_for_two_orders_at_once_goes_to_one(books):
    clerk = finance()
    for number in [f"N{turn}" for turn in range(ROUNDS)]:
        orders = [paid_order(f"RACE-{number}-{which}") for which in (1, 2)]
        came = at_once(
            books, *(lambda of=of, no=number: issue(of, no, "300.00", clerk) for of in orders)
        )
        assert sorted(type(each).__name__ for each in came) == ["Invoice", NumberTaken.__name__]
        assert Invoice.objects.filter(invoice_no=number).count() == 1


def test_control_without_the_lock_they_pass_it(books, monkeypatch):
    """All read what is open before any of them writes: each finds room for its own."""
    order, clerk = paid_order("RACE"), finance()
    read, meet = service.invoiced_for, Barrier(2)

    def read_together(of: Order) -> Decimal:
        found = read(of)
        meet.wait(PATIENCE)
        return found

    monkeypatch.setattr(service, "_lock", lambda of: nullcontext())
    monkeypatch.setattr(service, "invoiced_for", read_together)
    # Where a database has one writer at a time, the transaction is the lock: without it, too.
    monkeypatch.setattr(service, "transaction", _NoTransaction)
    issued = service.invoice_issue.__wrapped__
    came = at_once(
        books,
        *(
            lambda n=n: issued(  # type: ignore[misc]
                actor=clerk,
                order=order,
                amount=Decimal("700.00"),
                invoice_no=f"N{n}",
                issued_on=clock.today(),
                token=uuid4(),
            )
            for n in range(2)
        ),
    )
    assert {type(each) for each in came} == {Invoice}, came
    assert invoiced(order) == Decimal("1400.00")


class _NoTransaction:
    atomic = staticmethod(nullcontext)
