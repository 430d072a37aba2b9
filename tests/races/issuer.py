"""One of several clerks who issue slips: `python -m tests.races.issuer NAME COUNT SEED`.

Says it is ready, waits for a line, then issues so many slips of an order of its own. Some fail on
the way, as chance has it: refused, or broken off after the number was taken. Prints how many it
kept and each error that nobody meant. With `--unguarded` nobody waits for another's number, and
transactions on SQLite begin by reading, as Django's do when left alone.
"""

import sys
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import django

WORTH = Decimal("1.00")
BROKEN_OFF, REFUSED = 0.15, 0.1  # how often


class BrokenOffError(Exception):
    """What a clerk's machine does now and then."""


def order_of(name: str) -> Any:
    """An order large enough, of somebody who owes nothing."""
    from accounts.models import Person
    from customers.models import Customer
    from orders.models import Order

    who = Person.objects.create(
        employee_no=name, name=name, roles="salesperson", channel="field", hired_on=date(2020, 1, 1)
    )
    bought = Customer.objects.create(
        customer_no=f"K-{name}", name=name, owner=who, created_on=date(2024, 1, 1)
    )
    return Order.objects.create(
        order_no=f"O-{name}", customer=bought, person=who, amount=Decimal("1000000.00")
    )


def issue(order: Any, chance: float) -> bool:
    """Issue one; says whether it was kept."""
    from django.db import transaction

    from receivables.services import SlipRefused, slip_issue

    is_refused = BROKEN_OFF <= chance < BROKEN_OFF + REFUSED
    worth = order.amount + 1 if is_refused else WORTH
    try:
        with transaction.atomic():
            slip_issue(actor=None, order=order, person=order.person, amount_due=worth)
            if chance < BROKEN_OFF:
                raise BrokenOffError
    except (BrokenOffError, SlipRefused):
        return False
    return True


def main(name: str, count: int, seed: int, *, guarded: bool) -> None:
    django.setup()
    if not guarded:
        from tests.races.writer import take_guards_away

        take_guards_away()
    from django.db import connection

    order, rng, kept = order_of(name), Random(seed), 0
    connection.close()
    print("ready", flush=True)
    sys.stdin.readline()
    while kept < count:
        try:
            kept += issue(order, rng.random())
        except Exception as error:
            print(f"error {type(error).__name__} {error}", flush=True)
            if not guarded:
                count -= 1  # what was sent away is not sent again
    print(f"kept {kept}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), guarded="--unguarded" not in sys.argv)
