"""How many queries each page asks: the committed numbers, and rows to put behind the pages.

`python -m tests.query_counts` counts anew and writes `tests/query_counts.json`; its difference
belongs into the commit that brought it.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

COMMITTED = Path(__file__).with_suffix(".json")
RENEW = "QUERY_COUNTS_RENEW"
# Their answer is about the database itself, which each kind tells in another way.
FOR_MACHINES = ("health_", "metrics")
# No questions: they open and end what an answer is made in.
FRAME = re.compile(r"\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET)\b", re.IGNORECASE)


def committed() -> dict[str, int]:
    return json.loads(COMMITTED.read_text()) if COMMITTED.exists() else {}


def counted(world: Any) -> dict[str, int]:
    """The queries of every page that is read, as `door actor`, in the world as it is now."""
    from tests.access.doors import DOORS
    from tests.access.world import browser_of

    found: dict[str, int] = {}
    for name, door in DOORS.items():
        if door.get and not door.ends_session and not name.startswith(FOR_MACHINES):
            actor = _who_sees_most(door.get)
            with undone():  # with what the door itself makes
                address = door.address(_fresh(world))
                browser = browser_of(actor)
                _queries(browser, address)  # what is asked once for all stays known
                found[f"{name} {actor}"] = _queries(browser, address)
    return found


def _fresh(world: Any) -> Any:
    """The world without what doors made in it, which is undone; about the same things of hers."""
    fresh, entry = type(world)(), world.her_entry
    fresh.__dict__.update(her_entry=entry)
    if "her_appeal" in world.__dict__:
        fresh.__dict__.update(her_appeal=world.her_appeal)
    return fresh


def _who_sees_most(allowed: frozenset[str]) -> str:
    from tests.cast import CASHIER, FINANCE, KEEPER, LEADER, MANAGER, PERSONNEL, SHE, SUPERVISOR

    wide = (MANAGER, FINANCE, PERSONNEL, LEADER, CASHIER, KEEPER, SUPERVISOR, SHE)
    return next((actor for actor in wide if actor in allowed), min(allowed))


def _queries(browser: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert answer.status_code < 400 or answer.status_code == 503, f"{address}: {answer.status_code}"
    return sum(not FRAME.match(query["sql"]) for query in asked)


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that leaves nothing; what must be the outermost may be in it, as in a test."""
    within = transaction.atomic()
    within._from_testcase = True  # type: ignore[attr-defined]  # as Django's TestCase says it
    with within:
        try:
            yield
        finally:
            transaction.set_rollback(True)


def rows_add(world: Any, first: int, last: int) -> None:
    """Put rows behind the pages, numbered from `first` up to `last`: people with an entry and an
    appeal each; and of hers orders, slips, loans, notices, entries, and changes of her file."""
    from accounts.models import Person
    from core.models import AuditRow
    from core.services import audit_subject
    from notices.models import Notice
    from payroll.models import Appeal, Entry

    numbers = range(first, last)
    her = world.her
    people = Person.objects.bulk_create(
        _like(her, employee_no=f"Q{n:04}", name=f"人{n}") for n in numbers
    )
    entry = Entry.objects.lines().filter(person=her, rule="ATT-4").order_by("id")[0]
    entries = Entry.objects.bulk_create(
        _like(entry, person=who, key=f"ATT-4/{who.employee_no}/count") for who in people
    )
    Entry.objects.bulk_create(_like(entry, key=f"ATT-4/her/{n}") for n in numbers)
    appeal = world.her_appeal
    Appeal.objects.bulk_create(
        _like(appeal, person=each.person, entry=each, key=each.key, token=uuid4())
        for each in entries
    )
    _goods_and_money(her, numbers)
    Notice.objects.bulk_create(
        Notice(person=her, key=f"count/{n}", text="%(what)s", values={"what": str(n)}, url="/")
        for n in numbers
    )
    AuditRow.objects.bulk_create(
        AuditRow(action="update", subject=audit_subject(her), changes={"team": ["a", str(n)]})
        for n in numbers
    )


def _goods_and_money(her: Any, numbers: range) -> None:
    from claims.models import Loan
    from orders.models import Delivery, Order
    from receivables.models import Payment, Slip, UnpaidDelivery
    from tests.access.world import HER_LOAN, HER_ORDER, HER_SLIP

    order = Order.objects.get(order_no=HER_ORDER)
    orders = Order.objects.bulk_create(_like(order, order_no=f"QO{n}") for n in numbers)
    delivery = Delivery.objects.filter(order=order)[0]
    Delivery.objects.bulk_create(_like(delivery, order=each) for each in orders)
    unpaid = UnpaidDelivery.objects.filter(order=order)[0]
    UnpaidDelivery.objects.bulk_create(_like(unpaid, order=each) for each in orders)
    slip = Slip.objects.get(slip_no=HER_SLIP)
    slips = Slip.objects.bulk_create(
        _like(slip, slip_no=f"QS{each.order_no}", order=each) for each in orders
    )
    payment = Payment.objects.filter(slip=slip)[0]
    Payment.objects.bulk_create(
        _like(payment, payment_no=f"QP{each.slip_no}", slip=each) for each in slips
    )
    loan = Loan.objects.get(loan_no=HER_LOAN)
    Loan.objects.bulk_create(_like(loan, loan_no=f"QL{n}") for n in numbers)


def _like(row: Any, **but: Any) -> Any:
    """A new row with the same fields, but for these."""
    kept = {
        f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key
    }
    new = type(row)(**kept)
    for name, value in but.items():
        setattr(new, name, value)
    return new


if __name__ == "__main__":
    sys.exit(
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "tests/test_query_counts.py"],
            env=os.environ | {RENEW: "1"},
            check=False,
        ).returncode
    )
