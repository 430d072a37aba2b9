"""Two who decide on one claim, claims that want a number, one piece lent twice (EXP, GOOD)."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Person, User
from claims.models import Expense, Goods, Loan
from claims.services import (
    ChangedMeanwhile,
    GoodsFacts,
    Spent,
    deciding,
    expense_approve,
    expense_claim,
    expense_refuse,
    goods_add,
    loan_lend,
)
from core.files.reading import file_read
from core.models import AuditRow
from customers.models import Customer
from orders.models import Order
from tests.races.at_once import at_once, elsewhere
from tests.races.october import she

ROUNDS = 6


def user_of(person: Person) -> User:
    return User.objects.get_or_create(username=person.employee_no, defaults={"person": person})[0]


def heads() -> list[User]:
    """Two who may decide, each with a login of their own."""
    return [user_of(head(no)) for no in ("RM1", "RM2")]


def head(no: str) -> Person:
    values = {"name": no, "roles": "manager", "hired_on": date(2024, 1, 1)}
    return Person.objects.get_or_create(employee_no=no, defaults=values)[0]


def an_order() -> Order:
    name = f"RACE{Order.objects.count()}"
    customer = Customer.objects.create(
        customer_no=name, name=name, owner=she(), created_on=date(2024, 1, 1)
    )
    return Order.objects.create(
        order_no=name,
        customer=customer,
        person=she(),
        amount=Decimal("50000.00"),
        signed_on=date(2024, 1, 2),
    )


def photo() -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (40, 30), "white").save(written, "JPEG")
    return SimpleUploadedFile("receipt.jpg", written.getvalue(), content_type="image/jpeg")


def claim(order: Order, **instead: Any) -> Expense:
    return expense_claim(
        **{
            "order": order,
            "person": order.person,
            "spent": Spent("travel", date(2024, 1, 3), Decimal("100.00")),
            "files": [file_read(photo())],
            "token": uuid4(),
            **instead,
        }
    )


def test_two_decide_otherwise_at_once(books):
    """One approves, one refuses: the claim is what the first said. `test_sixteen` has many."""
    one, other = heads()
    order = an_order()
    for turn in range(ROUNDS):
        waiting = claim(order)
        came = at_once(
            books,
            lambda it=waiting: expense_approve(claim=it, actor=one),
            lambda it=waiting: expense_refuse(claim=it, reply="no", actor=other),
        )
        decided = [each for each in came if isinstance(each, Expense)]
        told = [each for each in came if isinstance(each, ChangedMeanwhile)]
        assert (len(decided), len(told)) == (1, 1), came
        standing = Expense.objects.get(pk=waiting.pk)
        assert standing.decided_by is not None
        assert standing.decided_by.get_full_name() in str(told[0])
        assert standing.state == decided[0].state
        decisions = AuditRow.objects.filter(action__in=("claim approved", "claim refused"))
        assert decisions.count() == turn + 1


def test_control_without_the_condition_both_decide(books, monkeypatch):
    """Who comes second overwrites: refused, and approved all the same."""

    def change(of: Expense, **values: Any) -> None:
        Expense.objects.filter(pk=of.pk).update(**values)

    monkeypatch.setattr(deciding, "change", change)
    waiting = claim(an_order())
    one, other = heads()
    expense_approve(claim=waiting, actor=one)
    elsewhere(books, lambda: expense_refuse(claim=waiting, reply="no", actor=other))
    both = Expense.objects.get(pk=waiting.pk)
    assert (both.approved_on is not None, both.ended) == (True, "refused")


def test_no_number_is_given_twice(books):
    order = an_order()
    for _turn in range(ROUNDS):
        came = at_once(books, *(lambda: claim(order) for _ in range(3)))
        assert all(isinstance(each, Expense) for each in came), came
        assert len({each.claim_no for each in came}) == 3


def test_one_form_twice_at_once(books):
    order = an_order()
    for token in [uuid4() for _ in range(ROUNDS)]:
        came = at_once(books, *[lambda token=token: claim(order, token=token)] * 2)
        assert came[0] == came[1] == Expense.objects.get(token=token), came


def test_one_piece_is_lent_once(books):
    who = she()
    for code in [f"R-{turn}" for turn in range(ROUNDS)]:
        piece = goods_add(facts=GoodsFacts(code, "lamp", Decimal(1)), token=uuid4())
        came = at_once(
            books,
            *[lambda piece=piece: loan_lend(goods=piece, person=who, token=uuid4())] * 2,
        )
        assert sorted(type(each).__name__ for each in came) == ["ClaimsRefused", "Loan"], came
        assert Loan.objects.filter(goods=Goods.objects.get(code=code)).count() == 1
