"""Money counted at the counter: all of it or none, once, and every difference told (SLIP-3)."""

from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.models import User
from core import clock
from core.models import AuditRow
from notices.models import Notice
from receivables.models import Discrepancy, Handover, Payment
from receivables.querysets.counter import days_in_hand, people_meant, slip_no_of
from receivables.rules.counting import cash_of, kept_counts
from receivables.services import (
    CashDiffers,
    ChangedMeanwhile,
    CounterRefused,
    SlipRefused,
    handover_count,
    missing_cash_count,
    payment_hand_in,
    slip_issue,
)
from tests.builders import at, late_handover, order, payment, person, slip, yuan

EVENING = at("2026-10-20 17:30")


@pytest.mark.parametrize(
    ("counts", "comes_to"),
    [
        ({}, "0.00"),
        ({"100": 12, "0.5": 1}, "1200.50"),
        ({"0.1": 3, "0.01": 7}, "0.37"),
        ({"50": 0}, "0.00"),
        ({"100": 99_999}, "9999900.00"),
    ],
)
def test_what_notes_and_coins_come_to(counts, comes_to):
    assert cash_of({Decimal(note): many for note, many in counts.items()}) == Decimal(comes_to)


@pytest.mark.parametrize(
    "counts", [{"200": 1}, {"100": -1}, {"100": 1.5}, {"100": 100_000}, {"0.02": 1}, {"1": "2"}]
)
def test_what_counts_nothing_is_refused(counts):
    with pytest.raises(ValueError, match="of"):
        cash_of({Decimal(note): many for note, many in counts.items()})


def test_counts_are_kept_without_zeros_the_largest_first():
    counts = {Decimal("0.5"): 1, Decimal("100"): 12, Decimal("50"): 0}
    assert list(kept_counts(counts).items()) == [("100", 12), ("0.5", 1)]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("S000123", "S000123"),
        ("  S000123\n", "S000123"),
        ("https://sales.example/slips/S000123/", "S000123"),
        ("http://x/slips/S%2D1/?a=b", "S-1"),
        ("ＨＴＴＰ：／／x／slips／S7／", "S7"),
        ("\0", ""),
    ],
)
def test_a_scanned_slip_is_its_number(typed, number):
    assert slip_no_of(typed) == number


# On the database.


@pytest.fixture(autouse=True)
def _evening():
    with clock.set_to(EVENING):
        yield


@pytest.fixture
def her(db):
    return person("Y007")


@pytest.fixture
def cashier(db):
    return User.objects.create(username="C002", person=person("C002", roles="cashier"))


@pytest.fixture
def brought(her):
    """Cash on two slips, a cheque, and a transfer that is nobody's to bring."""
    of = order(her)
    one, other = slip(of, "S1"), slip(of, "S2")
    return [
        payment(one, "P1", amount="300.00"),
        payment(other, "P2", amount="200.50"),
        payment(one, "P3", amount="1000.00", method="cheque"),
        payment(one, "P4", amount="9.00", method="transfer"),
    ]


def notes(**counts):
    return {Decimal(note.strip("n").replace("_", ".")): many for note, many in counts.items()}


ALL_OF_IT = {"n100": 5, "n0_5": 1}


def count(cashier, her, rows, *, cash=None, **more):
    return handover_count(
        **{
            "actor": cashier,
            "person": her,
            "payments": [row.pk for row in rows],
            "denominations": notes(**(ALL_OF_IT if cash is None else cash)),
            "token": uuid4(),
            **more,
        }
    )


def test_all_that_was_brought_is_handed_in_at_one_instant(cashier, her, brought):
    made = count(cashier, her, brought[:3])
    assert (made.recorded, made.cash, made.cheques) == (
        yuan("500.50"),
        yuan("500.50"),
        yuan("1000"),
    )
    assert made.denominations == {"100": 5, "0.5": 1}
    rows = Payment.objects.filter(handover=made)
    assert {row.payment_no for row in rows} == {"P1", "P2", "P3"}
    assert {row.handed_in_at for row in rows} == {EVENING} == {made.counted_at}
    assert not Discrepancy.objects.exists()
    assert AuditRow.objects.filter(action="hand in").count() == 3
    assert AuditRow.objects.get(action="count money").changes["cash"] == [None, "500.50"]


def test_a_cheque_that_is_not_there_stays_in_hand(cashier, her, brought):
    made = count(cashier, her, brought[:2])
    assert made.cheques == 0
    (held,) = days_in_hand(her)
    assert [row.payment_no for row in held.payments] == ["P3"]


def test_the_same_form_twice_counts_once(cashier, her, brought):
    token = uuid4()
    first = count(cashier, her, brought[:3], token=token)
    assert count(cashier, her, brought[:3], token=token) == first
    assert Handover.objects.count() == 1


def test_a_used_form_is_nobody_elses(cashier, her, brought):
    token = uuid4()
    count(cashier, her, brought[:1], cash={"n100": 3}, token=token)
    other = User.objects.create(username="C003", person=person("C003", roles="cashier"))
    with pytest.raises(ChangedMeanwhile):
        count(other, her, brought[1:2], cash={"n100": 2, "n0_5": 1}, token=token)
    assert Payment.objects.get(payment_no="P2").handed_in_at is None


def nothing_was_written():
    assert not Handover.objects.exists()
    assert not Payment.objects.filter(handed_in_at__isnull=False).exists()
    assert not AuditRow.objects.exists()


@pytest.mark.parametrize("which", ["transfer", "gone", "stranger's", "unknown"])
def test_what_is_not_in_this_hand_hands_nothing_in(cashier, her, brought, which):
    other = person("Y008")
    not_hers = {
        "transfer": brought[3].pk,
        "gone": payment(brought[0].slip, "P5", handed_in="2026-10-20 12:00").pk,
        "stranger's": payment(slip(order(other, "O2"), "S3"), "P6").pk,
        "unknown": 10**15,
    }[which]
    Payment.objects.filter(payment_no="P5").update(handed_in_at=EVENING)
    with pytest.raises(ChangedMeanwhile):
        count(cashier, her, brought[:3], payments=[brought[0].pk, not_hers])
    assert Payment.objects.get(payment_no="P1").handed_in_at is None
    assert not Handover.objects.exists()


def test_nothing_ticked_is_nothing_brought(cashier, her, brought):
    with pytest.raises(CounterRefused, match="Tick"):
        count(cashier, her, [], cash={})
    nothing_was_written()


def test_cash_without_a_cash_payment_is_asked_about(cashier, her, brought):
    with pytest.raises(CounterRefused, match="no cash payment"):
        count(cashier, her, brought[2:3])
    nothing_was_written()


def test_money_received_later_than_now_is_not_handed_in(cashier, her, brought):
    late = payment(brought[0].slip, "P5", received="2026-10-20 17:31")
    with pytest.raises(CounterRefused, match="yet to come"):
        count(cashier, her, [late], cash={"n100": 10})
    nothing_was_written()


def test_a_difference_nobody_has_seen_hands_nothing_in(cashier, her, brought):
    with pytest.raises(CashDiffers) as told:
        count(cashier, her, brought[:2], cash={"n100": 5}, seen=yuan("0.00"))
    assert told.value.difference == yuan("-0.50")
    nothing_was_written()
    with pytest.raises(CashDiffers):  # nor one that was another when it was seen
        count(cashier, her, brought[:2], cash={"n100": 5}, seen=yuan("-1.00"))
    nothing_was_written()


@pytest.mark.parametrize(
    ("cash", "difference"),
    [({"n100": 5}, "-0.50"), ({"n100": 5, "n1": 1}, "0.50"), ({}, "-500.50")],
)
def test_a_difference_is_told_and_blocks_new_slips(cashier, her, brought, cash, difference):
    finance = person("C001", roles="finance")
    made = count(cashier, her, brought[:2], cash=cash, seen=yuan(difference))
    found = Discrepancy.objects.get(handover=made)
    assert (found.amount, found.state) == (yuan(difference), "open")
    told = Notice.objects.filter(key__startswith="difference/")
    assert set(told.values_list("person", flat=True)) == {her.pk, finance.pk}
    with pytest.raises(SlipRefused, match="difference"):
        slip_issue(actor=None, order=brought[0].slip.order, person=her, amount_due=yuan("1"))


def test_what_was_undone_is_not_counted_again(cashier, her, brought):
    Payment.objects.filter(payment_no="P1").update(undone=yuan("100.00"))
    made = count(cashier, her, brought[:1], cash={"n100": 2})
    assert (made.recorded, made.difference) == (yuan("200"), 0)


def test_earlier_days_stand_out_declared_late_or_not(her):
    late_handover(her, "2026-10-18", "2026-10-18 12:00")
    on = slip(order(her))
    for number, received in enumerate(("2026-10-18 10:00", "2026-10-19 10:00", "2026-10-20 10:00")):
        payment(on, f"P{number}", received=received)
    found = days_in_hand(her)
    assert [(day.is_overdue, day.is_declared_late) for day in found] == [
        (True, True),
        (True, False),
        (False, False),
    ]


def test_handing_in_without_counting_stamps_the_present(her, brought):
    assert payment_hand_in(actor=None, payment=brought[0])
    assert Payment.objects.get(payment_no="P1").handed_in_at == EVENING
    assert not payment_hand_in(actor=None, payment=brought[0])


@pytest.mark.parametrize("typed", ["s1", "Y007", "y007", "伟", "wuwei", "/slips/S1/"])
def test_whoever_is_meant(her, brought, typed):
    from core.spelling import spellings_refresh

    type(her).objects.filter(pk=her.pk).update(name="吴伟")
    spellings_refresh()
    assert [each.employee_no for each in people_meant(typed)] == ["Y007"]


def test_a_cashier_who_sells_nothing_is_not_found(cashier):
    assert people_meant("C002") == []
    assert people_meant("") == []


# Missing cash that is brought later.


@pytest.fixture
def missing(cashier, her, brought):
    """One yuan is missing."""
    made = count(cashier, her, brought[:1], cash={"n100": 2, "n50": 1, "n10": 4, "n5": 1, "n1": 4})
    return made.discrepancy


def bring(cashier, missing, *, cash, **more):
    return missing_cash_count(
        actor=cashier, discrepancy=missing, denominations=notes(**cash),
        **{"token": uuid4(), **more},
    )  # fmt: skip


def test_missing_cash_is_a_handover_of_its_own(cashier, missing):
    token = uuid4()
    made = bring(cashier, missing, cash={"n1": 1}, token=token)
    assert bring(cashier, missing, cash={"n1": 1}, token=token) == made
    missing.refresh_from_db()
    assert (missing.brought, missing.state) == (made, "open")
    assert (made.recorded, made.cash, made.payments.count()) == (1, 1, 0)


@pytest.mark.parametrize("cash", [{}, {"n0_5": 1}, {"n1": 2}])
def test_another_sum_is_not_what_was_missing(cashier, missing, cash):
    with pytest.raises(CashDiffers):
        bring(cashier, missing, cash=cash)
    assert Handover.objects.count() == 1
    missing.refresh_from_db()
    assert missing.brought is None


def test_missing_cash_is_brought_once(cashier, missing):
    bring(cashier, missing, cash={"n1": 1})
    with pytest.raises(ChangedMeanwhile):
        bring(cashier, missing, cash={"n1": 1})
    assert Handover.objects.count() == 2
