"""Day sheets: what was counted, on one sheet each, numbered without gaps; the books say so."""

from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.models import User
from core import clock
from core.verification import problems
from orders.models import GoodsReturn
from receivables import verification_counter as checks
from receivables.models import DaySheet, Discrepancy, Handover, Payment, Undoing
from receivables.querysets.day_sheets import next_sheet, sheet_lines
from receivables.services import (
    ChangedMeanwhile,
    CounterRefused,
    discrepancy_settle,
    handover_count,
    missing_cash_count,
    sheet_close,
    sheet_sign,
)
from tests.builders import at, order, payment, person, slip, yuan


@pytest.fixture(autouse=True)
def _evening(db):
    with clock.set_to(at("2026-10-20 17:30")):
        yield


@pytest.fixture
def her():
    return person("Y007")


@pytest.fixture
def cashier():
    return User.objects.create(username="C002", person=person("C002", roles="cashier"))


@pytest.fixture
def finance():
    return User.objects.create(username="C001", person=person("C001", roles="finance"))


def count(her, no, *, counted=100, method="cash"):
    row = payment(slip(order(her, f"O{no}"), f"S{no}"), f"P{no}", amount="100.00", method=method)
    return handover_count(
        actor=None, person=her, payments=[row.pk],
        denominations={Decimal(1): counted}, token=uuid4(),
    )  # fmt: skip


def last() -> int:
    return next_sheet()["through"] or 0


def test_a_sheet_holds_all_that_was_counted_since(her, cashier):
    other = person("Y008")
    for no, (who, method) in enumerate([(her, "cash"), (other, "cash"), (her, "cheque")]):
        count(who, no, method=method, counted=0 if method == "cheque" else 90 + no)
    sheet = sheet_close(actor=cashier, through=last())
    assert (sheet.sheet_no, sheet.cash, sheet.cheques) == ("R000001", 181, 100)
    found = sheet_lines(sheet)
    assert [(line.employee_no, line.cash, line.cheques) for line in found["lines"]] == [
        ("Y007", 90, 100),
        ("Y008", 91, 0),
    ]
    assert found["difference"] == -19
    assert [each.amount for each in found["differences"]] == [-10, -9]
    assert found["notes"] == [(Decimal(1), 181, Decimal(181))]
    assert not list(problems())


def test_what_is_counted_afterwards_stands_on_the_next(her, cashier):
    count(her, 1)
    through = last()
    late = count(her, 2)
    first = sheet_close(actor=cashier, through=through)
    assert first.handovers.count() == 1
    late.refresh_from_db()
    assert late.sheet is None
    second = sheet_close(actor=cashier, through=last())
    assert (second.sheet_no, list(second.handovers.all())) == ("R000002", [late])


def test_a_sheet_with_nothing_on_it_is_not_made(her, cashier):
    with pytest.raises(CounterRefused, match="Nothing"):
        sheet_close(actor=cashier, through=last())
    count(her, 1)
    through = last()
    sheet_close(actor=cashier, through=through)
    with pytest.raises(CounterRefused):
        sheet_close(actor=cashier, through=through)
    assert DaySheet.objects.count() == 1


def test_signed_off_once_and_by_another(her, cashier, finance):
    count(her, 1)
    sheet = sheet_close(actor=cashier, through=last())
    with pytest.raises(CounterRefused, match="Who closed"):
        sheet_sign(actor=cashier, sheet=sheet)
    sheet.refresh_from_db()
    assert sheet.signed_at is None
    sheet_sign(actor=finance, sheet=sheet)
    with pytest.raises(ChangedMeanwhile, match="already"):
        sheet_sign(actor=finance, sheet=sheet)
    sheet.refresh_from_db()
    assert sheet.signed_by == finance


# What `verify` finds.


def test_the_books_of_a_whole_evening_are_in_order(her, cashier, finance):
    wrong = count(her, 1, counted=90).discrepancy
    discrepancy_settle(
        actor=finance, discrepancy=wrong, way="recorded_wrong", note="x",
        payment=Payment.objects.get(),
    )  # fmt: skip
    missing = count(her, 2, counted=99).discrepancy
    missing_cash_count(
        actor=cashier, discrepancy=missing, denominations={Decimal(1): 1}, token=uuid4()
    )
    undone = count(her, 3).payments.get()
    Payment.objects.filter(pk=undone.pk).update(undone=yuan("40"))
    with clock.set_to(at("2026-10-21 10:00")):
        Undoing.objects.create(
            payment=undone, kind="refund", amount=yuan("40"), on=clock.today(), reason="x",
            token=uuid4(),
        )  # fmt: skip
    sheet_close(actor=cashier, through=last())
    assert not list(problems())


def said(check) -> list[str]:
    return [str(each) for each in check()]


def test_a_handover_that_says_another_sum(her):
    made = count(her, 1)
    Handover.objects.filter(pk=made.pk).update(recorded=yuan("99"), cash=yuan("99"))
    assert said(checks.handovers)
    Handover.objects.filter(pk=made.pk).update(recorded=yuan("100"), cash=yuan("100"), cheques=1)
    assert said(checks.handovers)


def test_a_difference_nobody_knows_of(her):
    made = count(her, 1, counted=90)
    Discrepancy.objects.all().delete()
    assert said(checks.handovers) == [f"handovers #{made.pk}: differs, and no discrepancy says so"]


def test_a_discrepancy_without_a_difference(her):
    made = count(her, 1)
    Discrepancy.objects.create(handover=made, amount=yuan("1"))
    assert said(checks.handovers)


def test_a_sheet_that_says_another_sum_or_leaves_a_gap(her, cashier):
    count(her, 1)
    sheet = sheet_close(actor=cashier, through=last())
    DaySheet.objects.filter(pk=sheet.pk).update(cash=yuan("1"))
    assert said(checks.sheets)
    DaySheet.objects.filter(pk=sheet.pk).update(cash=sheet.cash, sheet_no="R000002")
    assert said(checks.sheets)


def test_money_and_goods_undone_without_a_reason(her):
    of = order(her, delivered={"2026-10-01": "100.00"})
    row = payment(slip(of))
    Payment.objects.filter(pk=row.pk).update(undone=yuan("5"))
    assert len(said(checks.undone)) == 1
    GoodsReturn.objects.create(
        delivery=of.deliveries.get(), amount=yuan("5"), on=clock.today(), reason="x", token=uuid4()
    )
    assert len(said(checks.undone)) == 2
