"""Who has the money and the slips at an instant (CUT-1, SLIP-4)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.months import CollectionMonth, Month
from policy.workdays import Workdays
from receivables.rules.custody import (
    PaymentFact,
    Snapshot,
    handed_in_totals,
    is_valid_declaration,
    late_handover_deadline,
    snapshots,
    sold_totals,
)
from tests.builders import (
    HER,
    at,
    book,
    collection_month,
    day,
    payment_fact,
    slip_fact,
    yuan,
)

OCTOBER = collection_month()
CUTOFF = at("2026-10-28 16:00:00")


@pytest.mark.parametrize(
    ("received", "handed_in", "transfer", "in_hand"),
    [
        pytest.param("2026-10-28 15:59:59", None, False, True, id="a second before, never handed"),
        pytest.param("2026-10-28 16:00:00", None, False, True, id="at the very instant"),
        pytest.param("2026-10-28 16:00:00.000001", None, False, False, id="a microsecond later"),
        pytest.param("2026-10-20 10:00", "2026-10-28 15:59:59", False, False, id="handed before"),
        pytest.param("2026-10-20 10:00", "2026-10-28 16:00:00", False, False, id="handed at it"),
        pytest.param(
            "2026-10-20 10:00", "2026-10-28 16:00:00.000001", False, True, id="handed just after"
        ),
        pytest.param("2026-01-05 10:00", None, False, True, id="however old"),
        pytest.param(
            "2026-10-28 16:00", "2026-10-28 16:00", False, False, id="received and handed at it"
        ),
        pytest.param("2026-10-20 10:00", None, True, False, id="a transfer is never in hand"),
        pytest.param("2026-10-28 16:00:00", None, True, False, id="a transfer at the instant"),
        pytest.param(
            "2026-10-28 16:00:00.000001", None, True, False, id="a transfer not yet there"
        ),
        pytest.param(
            "2026-10-20 10:00", "2026-10-30 09:00", True, False, id="a transfer written as handed"
        ),
    ],
)
def test_money_in_hand_at_the_cutoff(received, handed_in, transfer, in_hand):
    payment = payment_fact(received=received, handed_in=handed_in, transfer=transfer)
    assert payment.is_in_hand_at(CUTOFF) is in_hand


@pytest.mark.parametrize(
    ("received", "handed_in", "transfer", "counts"),
    [
        pytest.param("2026-09-20 10:00", "2026-09-28 15:59:59", False, False, id="month before"),
        pytest.param("2026-09-20 10:00", "2026-09-28 16:00:00", False, False, id="its last tick"),
        pytest.param(
            "2026-09-20 10:00", "2026-09-28 16:00:00.000001", False, True, id="first tick"
        ),
        pytest.param("2026-10-20 10:00", "2026-10-28 15:59:59", False, True, id="a second before"),
        pytest.param("2026-10-20 10:00", "2026-10-28 16:00:00", False, True, id="very instant"),
        pytest.param("2026-10-20 10:00", "2026-10-28 16:00:00.000001", False, False, id="after it"),
        pytest.param("2026-10-20 10:00", None, False, False, id="not handed in"),
        pytest.param("2026-10-28 16:00:00", None, True, True, id="transfer at the instant"),
        pytest.param("2026-10-28 16:00:00.000001", None, True, False, id="transfer after it"),
        pytest.param("2026-09-28 16:00:00", None, True, False, id="transfer at the last cutoff"),
        pytest.param(
            "2026-09-28 16:00:00", "2026-10-05 09:00", True, False, id="transfer: receipt counts"
        ),
    ],
)
def test_money_counts_in_the_month_it_was_handed_in(received, handed_in, transfer, counts):
    payment = payment_fact(received=received, handed_in=handed_in, transfer=transfer)
    assert handed_in_totals([payment], OCTOBER) == ({HER: yuan("1000.00")} if counts else {})


def test_payments_of_one_salesperson_add_up_to_the_fen():
    paid = [
        payment_fact("P1", amount="0.01", handed_in="2026-10-01 09:00"),
        payment_fact("P2", amount="1999.99", handed_in="2026-10-28 16:00"),
        payment_fact("P3", amount="70.00", handed_in="2026-10-29 09:00"),
        payment_fact("P4", amount="5.05", handed_in="2026-10-02 09:00", employee_no="Y008"),
    ]
    assert handed_in_totals(paid, OCTOBER) == {HER: yuan("2000.00"), "Y008": yuan("5.05")}


def test_who_sold_gets_the_money_whoever_held_the_slip():
    paid = [payment_fact(handed_in="2026-10-01 09:00", employee_no="Y008", sold_by=HER)]
    assert sold_totals(paid, OCTOBER) == {HER: yuan("1000.00")}
    assert handed_in_totals(paid, OCTOBER) == {"Y008": yuan("1000.00")}


@pytest.mark.parametrize(
    ("issued", "returned", "counted", "held"),
    [
        pytest.param("2026-10-28 15:59:59", None, "0.00", True, id="issued before"),
        pytest.param("2026-10-28 16:00:00", None, "0.00", True, id="issued at the cutoff"),
        pytest.param("2026-10-28 16:00:00.000001", None, "0.00", False, id="issued after"),
        pytest.param("2026-01-05 09:00", None, "0.00", True, id="however old"),
        pytest.param("2026-10-20 09:00", "2026-10-28 15:59:59", "0.00", False, id="returned"),
        pytest.param("2026-10-20 09:00", "2026-10-28 16:00:00", "0.00", False, id="returned at it"),
        pytest.param(
            "2026-10-20 09:00", "2026-10-28 16:00:00.000001", "0.00", True, id="returned after"
        ),
        pytest.param("2026-10-20 09:00", None, "999.99", True, id="a fen short"),
        pytest.param("2026-10-20 09:00", None, "1000.00", False, id="covered exactly"),
        pytest.param("2026-10-20 09:00", None, "1000.01", False, id="covered and a fen over"),
        pytest.param("2026-10-20 09:00", "2026-11-02 09:00", "1000.00", False, id="covered first"),
    ],
)
def test_slips_held_at_the_cutoff(issued, returned, counted, held):
    slip = slip_fact(issued=issued, returned=returned, due="1000.00")
    assert slip.is_held_at(CUTOFF, yuan(counted)) is held


def test_a_snapshot_holds_money_in_hand_and_slips_however_old():
    paid = [
        payment_fact("P1", amount="300.00", handed_in="2026-10-10 17:00"),
        payment_fact("P2", amount="20.50", received="2026-10-27 11:00"),
        payment_fact("P3", amount="4.00", received="2025-12-01 11:00"),
        payment_fact("P4", amount="9.00", received="2026-10-27 11:00", employee_no="Y008"),
    ]
    slips = [
        (slip_fact("S1"), yuan("999.99")),
        (slip_fact("S2", issued="2025-11-30 09:00"), yuan("0.00")),
        (slip_fact("S3"), yuan("1000.00")),
        (slip_fact("S4", employee_no="Y009"), yuan("0.00")),
    ]
    assert snapshots(paid, slips, OCTOBER) == {
        HER: Snapshot(yuan("300.00"), yuan("24.50"), 2),
        "Y008": Snapshot(yuan("0.00"), yuan("9.00"), 0),
        "Y009": Snapshot(yuan("0.00"), yuan("0.00"), 1),
    }


def test_whoever_has_nothing_is_left_out_of_the_snapshots():
    settled = [(slip_fact(), yuan("1000.00"))]
    assert snapshots([payment_fact(handed_in="2026-09-01 09:00")], settled, OCTOBER) == {}


@pytest.mark.parametrize(
    ("of", "deadline"),
    [
        pytest.param("2026-10-28", "2026-10-29 18:00", id="Wednesday: Thursday"),
        pytest.param("2026-10-30", "2026-11-02 18:00", id="Friday: Monday"),
        pytest.param("2026-10-31", "2026-11-02 18:00", id="Saturday: Monday"),
        pytest.param("2026-10-09", "2026-10-10 18:00", id="Friday before a make-up Saturday"),
        pytest.param("2026-10-10", "2026-10-12 18:00", id="make-up Saturday: Monday"),
        pytest.param("2026-09-24", "2026-09-28 18:00", id="before Mid-Autumn and the weekend"),
        pytest.param("2026-09-30", "2026-10-08 18:00", id="before the National Day week"),
        pytest.param("2026-02-14", "2026-02-24 18:00", id="before the Spring Festival of 2026"),
        pytest.param("2025-01-27", "2025-02-05 18:00", id="before the Spring Festival of 2025"),
        pytest.param("2025-12-31", "2026-01-04 18:00", id="over New Year to a make-up Sunday"),
    ],
)
def test_a_late_handover_is_due_by_the_end_of_the_next_workday(of, deadline):
    assert late_handover_deadline(day(of), Workdays(), book()) == at(deadline)


def test_the_companys_own_calendar_moves_the_deadline():
    own = Workdays({day("2026-10-29"): False, day("2026-10-31"): True})
    assert late_handover_deadline(day("2026-10-28"), own, book()) == at("2026-10-30 18:00")
    assert late_handover_deadline(day("2026-10-30"), own, book()) == at("2026-10-31 18:00")


def test_the_work_end_in_force_on_the_next_workday_is_the_deadline():
    earlier = book("2026-10-29 work_end 17:30")
    assert late_handover_deadline(day("2026-10-27"), Workdays(), earlier) == at("2026-10-28 18:00")
    assert late_handover_deadline(day("2026-10-28"), Workdays(), earlier) == at("2026-10-29 17:30")


@pytest.mark.parametrize(
    ("declared", "valid"),
    [
        pytest.param("2026-10-26 23:59:59.999999", False, id="the evening before"),
        pytest.param("2026-10-27 00:00:00", True, id="its first instant"),
        pytest.param("2026-10-27 23:59:59.999999", True, id="its last instant"),
        pytest.param("2026-10-28 00:00:00", False, id="the day after"),
    ],
)
def test_a_late_handover_is_declared_on_its_own_day(declared, valid):
    assert is_valid_declaration(day("2026-10-27"), at(declared)) is valid


START = at("2026-08-01 00:00")
instants = st.integers(0, 120 * 24 * 3600).map(lambda s: START + timedelta(seconds=s))
on_the_edge = st.sampled_from(
    [at(f"2026-{m:02}-28 16:00:00{tail}") for m in range(7, 12) for tail in ("", ".000001")]
)
moments = instants | on_the_edge


@st.composite
def payments(draw) -> PaymentFact:
    received, later = sorted([draw(moments), draw(moments)])
    return PaymentFact(
        payment_no="P",
        employee_no=draw(st.sampled_from(["Y007", "Y008"])),
        slip_no="S",
        amount=Decimal(draw(st.integers(1, 10**9))).scaleb(-2),
        is_transfer=draw(st.booleans()),
        received_at=received,
        handed_in_at=draw(st.none() | st.just(later)),
    )


@given(st.lists(payments(), max_size=12))
def test_every_fen_received_is_either_counted_or_in_hand(paid):
    """At any cutoff what was received by it = counted by it + in hand."""
    snapshot = snapshots(paid, [], CollectionMonth(Month(2026, 10), at("1990-01-01"), CUTOFF))
    received = sum((p.amount for p in paid if p.received_at <= CUTOFF), Decimal(0))
    assert sum((s.handed_in + s.in_hand for s in snapshot.values()), Decimal(0)) == received


@given(st.lists(payments(), max_size=12))
def test_months_follow_each_other_without_a_gap(paid):
    """What is counted falls in one of the months that cover the time, and in one alone."""
    edges = [at(f"2026-{month:02}-28 16:00") for month in range(6, 13)]
    months = [
        CollectionMonth(Month(2026, number), after, cutoff)
        for number, after, cutoff in zip(range(7, 13), edges, edges[1:], strict=False)
    ]
    counted = sum((p.amount for p in paid if p.counted_at is not None), Decimal(0))
    by_month = [handed_in_totals(paid, month) for month in months]
    assert sum((sum(each.values()) for each in by_month), Decimal(0)) == counted
