"""The control of `test_sixteen`: with the guard off more than one of the sixteen comes through.

Each goes on until they have met, twenty turns at most.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models import Sum

from core.models import AuditRow
from core.services import audit_subject
from receivables.models import Handover, Invoice, Payment
from tests.browser import databases
from tests.faults.ledger import wrong_with_the_books
from tests.races.clients import Answer
from tests.races.money import COUNTED, in_hand, paid_order
from tests.races.october import she
from tests.races.sixteen import (
    Sixteen,
    approve,
    claim,
    done,
    hand_in,
    invoice,
    settle,
    sixteen,
    ten_missing,
)

pytestmark = pytest.mark.skipif(
    not databases.is_postgres(), reason="SQLite has one writer at a time"
)

GUARDS = "counted-once decided-once invoiced-once settled-once"


@pytest.fixture(scope="module")
def people(company, tmp_path_factory, django_db_blocker) -> Iterator[Sixteen]:
    with (
        django_db_blocker.unblock(),
        sixteen(company, tmp_path_factory.mktemp("unguarded"), guards_off=GUARDS) as people,
    ):
        yield people


def together(
    people: Sixteen, about: Callable[[int], Any], does: Callable[[Sixteen, Any], list[Answer]]
) -> tuple[Any, int]:
    """What more than one of them did, and how many."""
    for turn in range(20):
        what = about(turn)
        if (often := len(done(does(people, what)))) > 1:
            return what, often
    return pytest.fail("nobody came between")


def test_control_the_same_money_is_counted_often(people: Sixteen):
    together(people, lambda turn: in_hand(she(), turn), hand_in)
    assert Handover.objects.count() > Payment.objects.filter(handover__isnull=False).count()
    assert wrong_with_the_books()


def test_control_a_claim_is_approved_often(people: Sixteen):
    waiting, often = together(people, claim, approve)
    approved = AuditRow.objects.filter(action="claim approved", subject=audit_subject(waiting))
    assert approved.count() == often


def test_control_more_is_invoiced_than_counted(people: Sixteen):
    order, often = together(people, lambda turn: paid_order(f"RACE{turn}"), invoice)
    issued = Invoice.objects.filter(order=order).aggregate(sum=Sum("amount"))["sum"]
    assert issued == often * COUNTED


def test_control_a_difference_is_settled_often(people: Sixteen):
    _found, often = together(people, ten_missing, settle)
    assert often > 1
