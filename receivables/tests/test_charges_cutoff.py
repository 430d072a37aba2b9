"""The carry-over fine as the month's close finds it (CUT-2, CUT-3, TIME-3, TIME-5)."""

import pytest

from core.months import Month
from policy.models import CalendarDay
from receivables.charges.cutoff import cutoff
from receivables.models import CutoffMonth, Payment
from tests.builders import (
    at,
    book,
    context,
    day,
    evidence_rows,
    late_handover,
    lines,
    order,
    payment,
    person,
    since_ever,
    slip,
)

pytestmark = pytest.mark.django_db

OCTOBERS = [("CUT-2/Y007/2026-10", "pay>company", "500.00")]


@pytest.fixture
def her():
    return person()


@pytest.fixture
def slip_of_hers(her):
    return slip(order(her))


def fined(month="2026-10", as_of="2026-12-31 00:00", **policy):
    return lines(cutoff(context(month, as_of, **policy)).charges)


def test_one_fine_for_many_payments_with_all_of_them_as_evidence(her, slip_of_hers):
    payment(slip_of_hers, "P3", received="2026-10-20 10:00", amount="1.00")
    payment(slip_of_hers, "P1", received="2026-10-27 10:00", handed_in="2026-10-29 09:00")
    payment(slip(order(her, "O2"), "S2"), "P2", received="2026-03-02 10:00")
    payment(slip_of_hers, "P4", received="2026-10-27 10:00", handed_in="2026-10-28 16:00")
    [fine] = cutoff(context()).charges
    assert lines([fine]) == OCTOBERS
    assert evidence_rows(fine) == ["P2", "P3", "P1"]
    assert fine.policy_on == day("2026-10-28")
    assert fine.arithmetic.values == {"fine": "500.00"}


def test_each_has_their_own_fine(slip_of_hers):
    payment(slip_of_hers, "P1")
    payment(slip(order(person("Y008"), "O8"), "S8"), "P8")
    person("Y009")
    assert fined() == [*OCTOBERS, ("CUT-2/Y008/2026-10", "pay>company", "500.00")]


def test_who_holds_the_slip_is_fined_not_who_sold(her):
    colleague = person("Y008")
    payment(slip(order(her), held_by=colleague))
    assert fined() == [("CUT-2/Y008/2026-10", "pay>company", "500.00")]


def test_what_the_money_says_is_in_the_evidence(slip_of_hers):
    payment(slip_of_hers, "P1", received="2026-10-20 10:00:05", amount="70.05")
    payment(slip_of_hers, "P2", received="2026-10-21 10:00", handed_in="2026-10-28 16:00:01")
    [fine] = cutoff(context()).charges
    assert [dict(e.values) for e in fine.evidence] == [
        {"amount": "70.05", "received": "2026-10-20 10:00:05"},
        {
            "amount": "1000.00",
            "received": "2026-10-21 10:00:00",
            "handed_in": "2026-10-28 16:00:01",
        },
    ]


@pytest.mark.parametrize(
    ("received", "handed_in", "method", "expected"),
    [
        pytest.param("2026-10-28 16:00:00", None, "cash", OCTOBERS, id="received at the instant"),
        pytest.param("2026-10-28 16:00:00.000001", None, "cash", [], id="received a tick after"),
        pytest.param(
            "2026-10-20 10:00", "2026-10-28 16:00:00", "cheque", [], id="handed in at the instant"
        ),
        pytest.param(
            "2026-10-20 10:00",
            "2026-10-28 16:00:00.000001",
            "cheque",
            OCTOBERS,
            id="handed in a tick after",
        ),
        pytest.param("2026-10-20 10:00", None, "transfer", [], id="a transfer"),
        pytest.param(
            "2026-10-28 10:00", "2026-10-28 18:00", "cash", [], id="own day, by work's end"
        ),
        pytest.param(
            "2026-10-28 10:00", "2026-10-28 18:00:00.000001", "cash", OCTOBERS, id="own day, late"
        ),
    ],
)
def test_to_the_microsecond_through_the_database(
    slip_of_hers, received, handed_in, method, expected
):
    payment(slip_of_hers, received=received, handed_in=handed_in, method=method)
    assert fined() == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2026-10-28 15:59:59.999999", [], id="a tick before the cutoff"),
        pytest.param("2026-10-28 16:00:00", OCTOBERS, id="at sixteen sharp"),
        pytest.param("2026-10-31 16:00:00", OCTOBERS, id="three days late"),
        pytest.param("2027-05-01 00:00:00", OCTOBERS, id="half a year late"),
    ],
)
def test_the_same_fine_whenever_the_close_runs(slip_of_hers, as_of, expected):
    payment(slip_of_hers, received="2026-10-20 10:00")
    assert fined(as_of=as_of) == expected


def test_a_late_close_finds_the_very_same_charge(slip_of_hers):
    payment(slip_of_hers)
    [sharp] = cutoff(context(as_of="2026-10-28 16:00")).charges
    [late] = cutoff(context(as_of="2026-11-15 03:00")).charges
    assert sharp.digest == late.digest


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2026-10-29 17:59:59", [], id="its next workday runs"),
        pytest.param("2026-10-29 18:00:00", OCTOBERS, id="its next workday has ended"),
    ],
)
def test_under_a_late_handover_nothing_is_charged_before_its_time(
    her, slip_of_hers, as_of, expected
):
    late_handover(her, "2026-10-28", "2026-10-28 15:00")
    payment(slip_of_hers, received="2026-10-28 11:00")
    assert fined(as_of=as_of) == expected


def test_a_late_handover_excuses_to_the_end_of_the_next_workday_of_the_companys_calendar(
    her, slip_of_hers
):
    CalendarDay.objects.create(date=day("2026-10-29"), is_workday=False)
    late_handover(her, "2026-10-28", "2026-10-28 15:00")
    payment(slip_of_hers, received="2026-10-28 11:00", handed_in="2026-10-30 18:00")
    assert fined() == []


def test_a_colleagues_late_handover_excuses_nothing(slip_of_hers):
    late_handover(person("Y008"), "2026-10-27", "2026-10-27 15:00")
    payment(slip_of_hers, received="2026-10-27 11:00", handed_in="2026-10-28 17:00")
    assert fined() == OCTOBERS


@pytest.mark.parametrize(
    ("month", "received", "handed_in", "expected"),
    [
        pytest.param(
            "2026-03",
            "2026-03-28 11:00",
            "2026-03-28 17:00",
            [],
            id="a Saturday has its own day's grace",
        ),
        pytest.param(
            "2026-03",
            "2026-03-27 11:00",
            "2026-03-28 17:00",
            ["CUT-2/Y007/2026-03"],
            id="a Saturday's cutoff waits for no Monday",
        ),
        pytest.param(
            "2025-01",
            "2025-01-28 10:00",
            None,
            ["CUT-2/Y007/2025-01"],
            id="New Year's Eve, still in hand",
        ),
        pytest.param(
            "2025-01",
            "2025-01-29 10:00",
            "2025-02-05 10:00",
            [],
            id="received on the holiday after it",
        ),
        pytest.param(
            "2025-01",
            "2025-01-27 14:00",
            "2025-02-05 18:00",
            [],
            id="declared late before the festival, in on the first workday after it",
        ),
    ],
)
def test_a_cutoff_on_a_day_off_stays_on_its_day(
    her, slip_of_hers, month, received, handed_in, expected
):
    late_handover(her, "2025-01-27", "2025-01-27 16:00")
    payment(slip_of_hers, received=received, handed_in=handed_in)
    assert [key for key, *_rest in fined(month)] == expected


def test_money_kept_over_two_cutoffs_is_fined_at_both(slip_of_hers):
    payment(slip_of_hers, received="2026-09-20 10:00", handed_in="2026-10-29 10:00")
    keys = [key for n in range(8, 13) for key, *_rest in fined(f"2026-{n:02}")]
    assert keys == ["CUT-2/Y007/2026-09", "CUT-2/Y007/2026-10"]


# The policy: day, hour and fine.


@pytest.mark.parametrize(
    ("change", "month", "received", "expected"),
    [
        pytest.param(
            "2026-10-15 cutoff_day 20", "2026-10", "2026-10-24 10:00", True, id="this month: 28th"
        ),
        pytest.param(
            "2026-10-15 cutoff_day 20", "2026-11", "2026-11-20 16:00", True, id="next month: 20th"
        ),
        pytest.param(
            "2026-10-15 cutoff_day 20", "2026-11", "2026-11-20 16:00:01", False, id="and no later"
        ),
        pytest.param(
            "2026-10-01 cutoff_day 20", "2026-10", "2026-10-24 10:00", False, id="from the first"
        ),
        pytest.param(
            "2026-10-15 cutoff_time 12:00", "2026-10", "2026-10-28 15:00", True, id="hour: same"
        ),
        pytest.param(
            "2026-10-15 cutoff_time 12:00", "2026-11", "2026-11-28 12:01", False, id="hour: next"
        ),
        pytest.param(
            "2026-01-01 cutoff_day 31", "2026-11", "2026-11-30 16:00", True, id="31st in November"
        ),
        pytest.param(
            "2026-01-01 cutoff_day 31", "2026-11", "2026-11-30 16:00:01", False, id="its last day"
        ),
        pytest.param(
            "2026-01-01 cutoff_day 29", "2026-02", "2026-02-28 16:00", True, id="29th in February"
        ),
        pytest.param(
            "2024-01-01 cutoff_day 30", "2024-02", "2024-02-29 16:00", True, id="30th in a leap one"
        ),
    ],
)
def test_a_new_cutoff_counts_from_the_next_month_on(
    slip_of_hers, change, month, received, expected
):
    payment(slip_of_hers, received=received)
    assert bool(fined(month, policy=book(change))) is expected


@pytest.mark.parametrize(
    ("change", "fine"),
    [
        pytest.param("2026-10-28 carryover_fine 300", ["300.00"], id="new on the cutoff's day"),
        pytest.param("2026-10-29 carryover_fine 300", ["500.00"], id="new the day after"),
        pytest.param("2026-10-01 carryover_fine 0", [], id="a fine of nothing is none"),
    ],
)
def test_the_fine_of_the_cutoffs_day(slip_of_hers, change, fine):
    payment(slip_of_hers)
    assert [amount for *_about, amount in fined(policy=book(change))] == fine


@pytest.fixture
def taken_down():
    return CutoffMonth.objects.create(
        month=Month(2026, 10), after=at("2026-09-28 16:00"), cutoff=at("2026-10-28 16:00")
    )


@pytest.mark.usefixtures("taken_down")
def test_a_boundary_that_was_taken_down_stays(slip_of_hers):
    """The company later says the 20th had been the day all along: October's cutoff has passed."""
    payment(slip_of_hers, received="2026-10-24 10:00")
    policy = since_ever("cutoff_day 20")
    assert fined(policy=policy) == OCTOBERS
    assert fined(as_of="2026-10-28 15:59", policy=policy) == []
    [fine] = cutoff(context(policy=policy)).charges
    assert fine.policy_on == day("2026-10-28")


@pytest.mark.usefixtures("taken_down")
def test_the_fine_of_a_boundary_taken_down_is_that_of_its_day(slip_of_hers):
    payment(slip_of_hers, received="2026-10-19 10:00")
    policy = book("2000-01-01 cutoff_day 20", "2026-10-25 carryover_fine 300")
    assert fined(policy=policy) == [("CUT-2/Y007/2026-10", "pay>company", "300.00")]


# Who, and what is found out later.


@pytest.mark.parametrize("roles", ["keeper", "supervisor", "finance+cashier"])
def test_whoever_sells_nothing_has_no_pay_to_take_it_from(roles):
    payment(slip(order(person(roles=roles))))
    assert fined() == []


def test_whoever_has_left_is_still_fined_for_what_they_kept():
    payment(slip(order(person(left="2026-10-15"))), received="2026-10-10 10:00")
    assert fined() == OCTOBERS


def test_a_receipt_corrected_later_is_assessed_then(slip_of_hers):
    wrong = payment(slip_of_hers, received="2026-10-28 16:30", handed_in="2026-10-30 09:00")
    assert fined() == []
    Payment.objects.filter(pk=wrong.pk).update(received_at=at("2026-10-28 15:30"))
    assert fined() == OCTOBERS


def test_many_payments_take_no_more_statements(slip_of_hers, django_assert_num_queries):
    for n in range(30):
        payment(slip_of_hers, f"P{n}", amount="1.00")
    read = context()
    with django_assert_num_queries(4):
        cutoff(read)
