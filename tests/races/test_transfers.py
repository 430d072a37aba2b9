"""Two who decide on one transfer, two who ask for one, two who deliver the rest."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import Person, User
from core import clock
from core.models import AuditRow
from orders.models import Delivery, Order, Transfer
from orders.services import (
    ChangedMeanwhile,
    OrderRefused,
    delivery_record,
    transfer_ask,
    transfer_decide,
)
from orders.services import transfers as deciding
from tests.builders import yuan
from tests.races.at_once import at_once, elsewhere
from tests.races.october import she
from tests.races.test_appeals import managers, user_of

ROUNDS = 6


def hers() -> Order:
    found: Order = Order.objects.filter(person=she()).select_related("person").order_by("id")[0]
    return found


def colleague() -> Person:
    here = Person.objects.salespeople().here_on(clock.today()).exclude(pk=she().pk)
    return here.order_by("id")[0]


def ask(order: Order, to: Person, **more: Any) -> Transfer:
    return transfer_ask(
        **{
            "order": order,
            "to_person": to,
            "reason": "moved",
            "token": uuid4(),
            "actor": user_of(she()),
            **more,
        }
    )


def decide(transfer: Transfer, *, approve: bool, actor: User) -> Transfer:
    return transfer_decide(transfer=transfer, approve=approve, reply="so it is", actor=actor)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_decide_at_once(books, turn):
    order, to = hers(), colleague()
    transfer = ask(order, to)
    one, other = managers()
    came = at_once(
        books,
        lambda: decide(transfer, approve=True, actor=one),
        lambda: decide(transfer, approve=False, actor=other),
    )
    done = [each for each in came if isinstance(each, Transfer)]
    told = [each for each in came if isinstance(each, ChangedMeanwhile)]
    assert (len(done), len(told)) == (1, 1), came
    standing = Transfer.objects.get(pk=transfer.pk)
    assert standing.decided_by.get_full_name() in str(told[0])
    # What was decided is what was done, and nothing of the other.
    is_passed_on = Order.objects.get(pk=order.pk).person_id == to.pk
    assert is_passed_on == (standing.state == "approved")
    decided = ("transfer approved", "transfer refused")
    assert AuditRow.objects.filter(action__in=decided).count() == 1


def test_control_without_the_condition_both_decide(books, monkeypatch):
    """Who comes second overwrites: refused, and passed on all the same."""

    def decided(transfer: Transfer, **values: Any) -> None:
        Transfer.objects.filter(pk=transfer.pk).update(**values)

    monkeypatch.setattr(deciding, "_decide", decided)
    order, to = hers(), colleague()
    transfer = ask(order, to)
    one, other = managers()
    decide(transfer, approve=True, actor=one)
    elsewhere(books, lambda: decide(transfer, approve=False, actor=other))
    assert Transfer.objects.get(pk=transfer.pk).state == "refused"
    assert Order.objects.get(pk=order.pk).person_id == to.pk


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_ask_at_once(books, turn):
    order, to = hers(), colleague()
    user_of(she())
    came = at_once(books, lambda: ask(order, to), lambda: ask(order, to))
    assert sorted(type(each).__name__ for each in came) == ["OrderRefused", "Transfer"], came
    assert Transfer.objects.open().count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_form_twice_at_once(books, turn):
    order, to = hers(), colleague()
    user_of(she())
    token = uuid4()
    came = at_once(books, lambda: ask(order, to, token=token), lambda: ask(order, to, token=token))
    assert came[0] == came[1] == Transfer.objects.get(), came
    assert AuditRow.objects.filter(action="transfer asked").count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_deliver_the_rest_at_once(books, turn):
    """Together they would be more than the order is of."""
    order = Order.objects.create(
        order_no="RACE", customer=hers().customer, person=she(), amount=yuan("100")
    )
    actor = user_of(she())
    days = [clock.today(), clock.today() - timedelta(days=1)]
    came = at_once(
        books,
        *(
            lambda day=day: delivery_record(
                actor=actor, order=order, delivered_on=day, amount=yuan("60")
            )
            for day in days
        ),
    )
    assert sorted(isinstance(each, OrderRefused) for each in came) == [False, True], came
    assert Delivery.objects.filter(order=order).count() == 1
