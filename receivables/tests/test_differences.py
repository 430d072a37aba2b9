"""Differences are explained by one, settled once by another; money counted for orders (SLIP-3)."""

from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.models import User
from core import clock
from core.models import AuditRow
from notices.models import Notice
from receivables.models import Discrepancy, Payment
from receivables.querysets.counted import counted_for
from receivables.rules.counting import ways_to_settle
from receivables.services import (
    ChangedMeanwhile,
    CounterRefused,
    discrepancy_explain,
    discrepancy_settle,
    handover_count,
    missing_cash_count,
    slip_issue,
)
from tests.builders import at, order, payment, person, slip, yuan


@pytest.mark.parametrize(
    ("difference", "brought", "ways"),
    [
        ("-1", False, ("recorded_wrong", "borne")),
        ("-1", True, ("made_good",)),
        ("1", False, ("recorded_wrong", "given_back")),
    ],
)
def test_the_ways_to_settle(difference, brought, ways):
    assert ways_to_settle(Decimal(difference), brought=brought) == ways


@pytest.fixture(autouse=True)
def _evening():
    with clock.set_to(at("2026-10-20 17:30")):
        yield


@pytest.fixture
def her(db):
    return person("Y007")


@pytest.fixture
def finance(db):
    return User.objects.create(username="C001", person=person("C001", roles="finance"))


@pytest.fixture
def differs(her, finance):
    """A count of 300 recorded on a slip of 400, with what was counted."""

    def made(counted: str, due: str = "400.00") -> Discrepancy:
        row = payment(slip(order(her), "S1", due=due), "P1", amount="300.00")
        cash = Decimal(counted)
        notes = {Decimal(100): int(cash // 100), Decimal(1): int(cash % 100)}
        return handover_count(
            actor=None, person=her, payments=[row.pk], denominations=notes, token=uuid4()
        ).discrepancy

    return made


def settle(found, finance, way, **more):
    return discrepancy_settle(
        **{"actor": finance, "discrepancy": found, "way": way, "note": "看过", **more}
    )


def test_explained_then_settled_and_slips_are_issued_again(her, finance, differs):
    found = differs("290")
    discrepancy_explain(actor=None, discrepancy=found, text="  少找 ")
    found.refresh_from_db()
    assert (found.state, found.explanation) == ("explained", "少找")
    assert Notice.objects.filter(person=finance.person, key__contains="explained").exists()
    settle(found, finance, "borne")
    found.refresh_from_db()
    assert (found.state, found.settlement, found.settled_by) == ("settled", "borne", finance)
    assert Notice.objects.filter(person=her, key__endswith="settled").exists()
    slip_issue(actor=None, order=order(her, "O2"), person=her, amount_due=yuan("1"))


def test_who_comes_second_is_told_by_whom(finance, differs):
    found = differs("290")
    finance.person.name = "许娟"
    finance.person.save()
    settle(found, finance, "borne")
    with pytest.raises(ChangedMeanwhile, match="许娟"):
        settle(found, finance, "recorded_wrong", payment=Payment.objects.get())
    assert Payment.objects.get().amount == yuan("300")
    with pytest.raises(ChangedMeanwhile):
        discrepancy_explain(actor=None, discrepancy=found, text="x")


def test_what_was_explained_anew_is_read_again(finance, differs):
    found = differs("290")
    discrepancy_explain(actor=None, discrepancy=Discrepancy.objects.get(), text="x")
    with pytest.raises(ChangedMeanwhile, match="look again"):
        settle(found, finance, "borne")
    found.refresh_from_db()
    assert found.settled_at is None


@pytest.mark.parametrize("way", ["given_back", "made_good", "", "x"])
def test_cash_missing_is_not_settled_otherwise(finance, differs, way):
    with pytest.raises(CounterRefused):
        settle(differs("290"), finance, way)
    assert Discrepancy.objects.get().state == "open"


def test_settling_needs_a_note_and_explaining_words(finance, differs):
    found = differs("290")
    with pytest.raises(CounterRefused, match="note"):
        settle(found, finance, "borne", note=" ")
    with pytest.raises(CounterRefused, match="Say how"):
        discrepancy_explain(actor=None, discrepancy=found, text=" ")
    assert Discrepancy.objects.get().version == 0


@pytest.mark.parametrize("counted", ["290", "310"])
def test_recorded_wrong_is_corrected_to_what_was_counted(finance, differs, counted):
    found = differs(counted)
    settle(found, finance, "recorded_wrong", payment=Payment.objects.get())
    assert Payment.objects.get().amount == yuan(counted)
    row = AuditRow.objects.get(action="correct")
    assert row.changes["amount"] == ["300.00", f"{counted}.00"]


def test_a_correction_never_passes_the_amount_due(finance, differs):
    found = differs("310", due="305.00")
    with pytest.raises(CounterRefused, match=r"305\.00"):
        settle(found, finance, "recorded_wrong", payment=Payment.objects.get())
    assert (Payment.objects.get().amount, Discrepancy.objects.get().state) == (300, "open")


def test_a_correction_leaves_something(finance, differs):
    found = differs("0")
    with pytest.raises(CounterRefused, match="nothing"):
        settle(found, finance, "recorded_wrong", payment=Payment.objects.get())
    assert (Payment.objects.get().amount, Discrepancy.objects.get().state) == (300, "open")


def test_only_cash_of_that_handover_is_corrected(her, finance, differs):
    found = differs("290")
    other = payment(slip(order(her, "O2"), "S2"), "P2", handed_in="2026-10-20 12:00")
    for wrong in (other, None):
        with pytest.raises(CounterRefused, match="Choose"):
            settle(found, finance, "recorded_wrong", payment=wrong)
    assert not AuditRow.objects.filter(action="correct").exists()


def test_missing_cash_that_came_makes_it_good(finance, differs):
    found = differs("290")
    missing_cash_count(actor=None, discrepancy=found, denominations={Decimal(10): 1}, token=uuid4())
    found.refresh_from_db()
    with pytest.raises(CounterRefused):  # the cash is there: nothing is borne
        settle(found, finance, "borne")
    settle(found, finance, "made_good")
    assert Discrepancy.objects.get().settlement == "made_good"


# What counts for an order.


def test_money_counts_for_an_order_less_what_is_missing_and_undone(her, finance, differs):
    found = differs("290")
    of = Payment.objects.get().slip.order
    assert counted_for([of.pk]) == {of.pk: yuan("290")}
    payment(slip(of, "S2"), "P2", amount="50.00", method="transfer")
    payment(slip(of, "S3"), "P3", amount="70.00")  # still in hand
    assert counted_for([of.pk]) == {of.pk: yuan("340")}
    settle(found, finance, "borne")
    assert counted_for([of.pk]) == {of.pk: yuan("350")}
    Payment.objects.filter(payment_no="P2").update(undone=yuan("50"))
    assert counted_for([of.pk]) == {of.pk: yuan("300")}


def test_a_surplus_adds_nothing_and_a_shortage_is_taken_whole_from_each(her, db):
    orders = [order(her, no) for no in ("O1", "O2")]
    rows = [payment(slip(of, f"S{of.order_no}"), of.order_no, amount="100.00") for of in orders]
    handover_count(
        actor=None, person=her, payments=[row.pk for row in rows],
        denominations={Decimal(10): 4}, token=uuid4(),
    )  # fmt: skip
    assert counted_for([of.pk for of in orders]) == {of.pk: yuan("0") for of in orders}
    third = order(her, "O3")
    row = payment(slip(third, "S3"), "P3", amount="10.00")
    handover_count(
        actor=None, person=her, payments=[row.pk],
        denominations={Decimal(20): 1}, token=uuid4(),
    )  # fmt: skip
    assert counted_for([third.pk]) == {third.pk: yuan("10")}
    assert counted_for([]) == {}
