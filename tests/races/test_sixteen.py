"""Sixteen do the same at once: one success, fifteen clear refusals, never an error of the program.

On PostgreSQL alone: SQLite has one writer at a time. `test_sixteen_unguarded` is the control.
"""

from collections.abc import Iterator

import pytest

from core.models import AuditRow
from receivables.models import Handover, Invoice
from tests.browser import databases
from tests.faults.ledger import wrong_with_the_books
from tests.races.clients import Answer
from tests.races.money import COUNTED, in_hand, paid_order
from tests.races.october import she
from tests.races.sixteen import (
    AT_ONCE,
    ROUNDS,
    Sixteen,
    approve,
    claim,
    hand_in,
    invoice,
    settle,
    sixteen,
    ten_missing,
)

pytestmark = pytest.mark.skipif(
    not databases.is_postgres(), reason="SQLite has one writer at a time"
)


@pytest.fixture(scope="module")
def people(company, tmp_path_factory, django_db_blocker) -> Iterator[Sixteen]:
    """One program for all of them: it is started once."""
    with (
        django_db_blocker.unblock(),
        sixteen(company, tmp_path_factory.mktemp("sixteen")) as people,
    ):
        yield people


def first_of(came: list[Answer], refused: int) -> int:
    """Whose was the one success; all others were refused so."""
    assert sorted(each.status for each in came) == [302] + [refused] * (AT_ONCE - 1), came
    (first,) = (n for n, each in enumerate(came) if each.status == 302)
    return first


def told(came: list[Answer]) -> list[str]:
    return [each.body for each in came if each.status != 302]


def test_the_same_money_is_handed_in_once(people: Sixteen):
    her, before = she(), Handover.objects.count()
    for turn in range(ROUNDS):
        payment = in_hand(her, turn)
        came = hand_in(people, payment)
        first = first_of(came, 409)
        assert all("Nothing was handed in" in body for body in told(came))
        (made,) = Handover.objects.filter(payments__payment_no=payment.payment_no)
        assert Handover.objects.count() == before + turn + 1
        assert came[first].leads_to == f"/counter/handovers/{made.pk}/"
    assert wrong_with_the_books() == []


def test_a_claim_is_approved_once(people: Sixteen):
    for turn in range(ROUNDS):
        waiting = claim(turn)
        came = approve(people, waiting)
        first = first_of(came, 409)
        assert all(f"manager{first}. was first: approved" in body for body in told(came))
        waiting.refresh_from_db()
        assert (waiting.reply, waiting.version) == (f"word {first}.", 1)
        assert waiting.decided_by.username == f"MA{first:02}"
    assert AuditRow.objects.filter(action="claim approved").count() == ROUNDS
    assert wrong_with_the_books() == []


def test_money_is_invoiced_once(people: Sixteen):
    for turn in range(ROUNDS):
        order = paid_order(f"RACE{turn}")
        came = invoice(people, order)
        first = first_of(came, 400)
        said = "1,000.00 counted, 1,000.00 invoiced: only 0.00 can be invoiced."
        assert all(said in body for body in told(came))
        (made,) = Invoice.objects.filter(order=order)
        assert (made.invoice_no, made.amount) == (f"RACE{turn}-{first}", COUNTED)
        assert made.issued_by.username == f"FI{first:02}"
    issued = AuditRow.objects.filter(action="issue", subject__startswith="invoice")
    assert issued.count() == ROUNDS
    assert wrong_with_the_books() == []


def test_a_difference_is_settled_once(people: Sixteen):
    for turn in range(ROUNDS):
        found = ten_missing(turn)
        came = settle(people, found)
        first = first_of(came, 409)
        assert all(f"finance{first}. was first" in body for body in told(came))
        found.refresh_from_db()
        assert found.note == f"word {first}."
    assert wrong_with_the_books() == []
