"""Money carried over the cutoff, and what excuses it (CUT-2)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.workdays import Workdays
from receivables.rules.cutoff import CutoffRule, Stage, Standing, carried_over, reminder_stage
from tests.builders import HER, at, book, collection_month, day, payment_fact

IN_TIME, EXCUSED = Standing.IN_TIME, Standing.EXCUSED
NOT_YET, CARRIED = Standing.NOT_YET, Standing.CARRIED_OVER

LONG_AFTER = "2026-12-31 00:00"


def rule(
    *,
    late=None,
    as_of=LONG_AFTER,
    month=None,
    workdays=None,
    policy=None,
    whose=HER,
) -> CutoffRule:
    """October's cutoff; `late`: when a late handover was declared, by day."""
    declared = {(whose, day(on)): at(when) for on, when in (late or {}).items()}
    return CutoffRule(
        month=month or collection_month(),
        has_come=at(as_of).__ge__,
        late_handovers=declared,
        workdays=workdays or Workdays(),
        book=policy or book(),
    )


@pytest.mark.parametrize(
    ("received", "handed_in", "standing"),
    [
        pytest.param(
            "2026-10-20 10:00", "2026-10-28 15:59:59", IN_TIME, id="handed a second early"
        ),
        pytest.param("2026-10-20 10:00", "2026-10-28 16:00:00", IN_TIME, id="handed at the cutoff"),
        pytest.param(
            "2026-10-20 10:00", "2026-10-28 16:00:00.000001", CARRIED, id="handed a tick too late"
        ),
        pytest.param("2026-10-20 10:00", None, CARRIED, id="still in hand"),
        pytest.param("2026-10-28 16:00:00.000001", None, IN_TIME, id="received a tick after"),
        pytest.param("2026-10-28 16:00:00", None, CARRIED, id="received at it, never handed in"),
        pytest.param("2026-10-27 23:59:59", "2026-10-28 16:30", CARRIED, id="the evening before"),
        pytest.param("2026-10-28 00:00", "2026-10-28 17:00", EXCUSED, id="own day, from midnight"),
        pytest.param("2026-10-28 16:00:00", "2026-10-28 16:00:01", EXCUSED, id="own day, at once"),
        pytest.param("2026-10-28 09:30", "2026-10-28 18:00:00", EXCUSED, id="own day, work's end"),
        pytest.param(
            "2026-10-28 09:30", "2026-10-28 18:00:00.000001", CARRIED, id="own day, after work"
        ),
        pytest.param("2026-10-28 09:30", "2026-10-29 09:00", CARRIED, id="own day, next morning"),
        pytest.param("2026-03-02 10:00", "2026-10-29 09:00", CARRIED, id="received in March"),
        pytest.param("2026-03-02 10:00", "2026-10-01 09:00", IN_TIME, id="March's, in by October"),
    ],
)
def test_cash_without_a_late_handover(received, handed_in, standing):
    assert rule().standing(payment_fact(received=received, handed_in=handed_in)) is standing


@pytest.mark.parametrize(
    "received", ["2026-10-28 16:00:00", "2026-10-28 17:00", "2026-10-01 09:00"]
)
def test_a_transfer_is_never_carried_over(received):
    assert rule().standing(payment_fact(received=received, transfer=True)) is IN_TIME


@pytest.mark.parametrize(
    ("late", "received", "handed_in", "standing"),
    [
        pytest.param(
            {"2026-10-27": "2026-10-27 17:30"},
            "2026-10-27 16:00",
            "2026-10-28 18:00:00",
            EXCUSED,
            id="by work's end of the next workday",
        ),
        pytest.param(
            {"2026-10-27": "2026-10-27 17:30"},
            "2026-10-27 16:00",
            "2026-10-28 18:00:00.000001",
            CARRIED,
            id="a tick after work's end",
        ),
        pytest.param(
            {"2026-10-27": "2026-10-27 17:30"},
            "2026-10-27 23:59:59",
            "2026-10-28 17:00",
            EXCUSED,
            id="received after it was declared, the same day",
        ),
        pytest.param(
            {"2026-10-27": "2026-10-27 17:30"},
            "2026-10-26 16:00",
            "2026-10-28 17:00",
            CARRIED,
            id="another day's receipt",
        ),
        pytest.param(
            {"2026-10-26": "2026-10-26 17:30"},
            "2026-10-26 16:00",
            "2026-10-28 16:30",
            CARRIED,
            id="its next workday ended before the cutoff",
        ),
        pytest.param(
            {"2026-10-28": "2026-10-28 15:59:59.999999"},
            "2026-10-28 15:00",
            "2026-10-29 18:00:00",
            EXCUSED,
            id="declared a tick before the cutoff",
        ),
        pytest.param(
            {"2026-10-28": "2026-10-28 16:00:00"},
            "2026-10-28 15:00",
            "2026-10-29 10:00",
            CARRIED,
            id="declared at the cutoff is not before it",
        ),
        pytest.param(
            {"2026-10-28": "2026-10-28 16:00:00"},
            "2026-10-28 15:00",
            "2026-10-28 18:00",
            EXCUSED,
            id="declared too late, but the own day's grace stands",
        ),
        pytest.param(
            {"2026-10-28": "2026-10-28 10:00"},
            "2026-10-28 15:00",
            "2026-10-29 18:00:00.000001",
            CARRIED,
            id="own day declared, a tick after the next work's end",
        ),
        pytest.param(
            {"2026-10-27": "2026-10-26 12:00"},
            "2026-10-27 16:00",
            "2026-10-28 17:00",
            CARRIED,
            id="declared the day before",
        ),
        pytest.param(
            {"2026-10-27": "2026-10-28 00:00"},
            "2026-10-27 16:00",
            "2026-10-28 17:00",
            CARRIED,
            id="declared the day after, though before the cutoff",
        ),
        pytest.param(
            {"2026-10-27": "2026-10-27 00:00"},
            "2026-10-27 16:00",
            "2026-10-28 17:00",
            EXCUSED,
            id="declared at its first instant",
        ),
        pytest.param(
            {"2026-10-27": "2026-10-27 17:30"},
            "2026-10-27 16:00",
            None,
            CARRIED,
            id="declared, and never handed in",
        ),
    ],
)
def test_cash_under_a_late_handover(late, received, handed_in, standing):
    payment = payment_fact(received=received, handed_in=handed_in)
    assert rule(late=late).standing(payment) is standing


def test_somebody_elses_late_handover_excuses_nothing():
    payment = payment_fact(received="2026-10-27 16:00", handed_in="2026-10-28 17:00")
    late = {"2026-10-27": "2026-10-27 17:30"}
    assert rule(late=late, whose="Y008").standing(payment) is CARRIED


@pytest.mark.parametrize(
    ("late", "received", "handed_in", "as_of", "standing"),
    [
        pytest.param(
            {}, "2026-10-28 09:30", None, "2026-10-28 16:00", NOT_YET, id="own day, sharp"
        ),
        pytest.param(
            {}, "2026-10-28 09:30", None, "2026-10-28 17:59:59.999999", NOT_YET, id="a tick to go"
        ),
        pytest.param({}, "2026-10-28 09:30", None, "2026-10-28 18:00", CARRIED, id="work is over"),
        pytest.param(
            {}, "2026-10-27 09:30", None, "2026-10-28 16:00", CARRIED, id="no grace at all"
        ),
        pytest.param(
            {"2026-10-27": "2026-10-27 17:30"},
            "2026-10-27 16:00",
            None,
            "2026-10-28 17:59:59.999999",
            NOT_YET,
            id="the next workday runs",
        ),
        pytest.param(
            {"2026-10-27": "2026-10-27 17:30"},
            "2026-10-27 16:00",
            None,
            "2026-10-28 18:00",
            CARRIED,
            id="the next workday has ended",
        ),
        pytest.param(
            {"2026-10-28": "2026-10-28 12:00"},
            "2026-10-28 10:00",
            None,
            "2026-10-29 12:00",
            NOT_YET,
            id="own day under a late handover: a day longer",
        ),
        pytest.param(
            {"2026-10-28": "2026-10-28 12:00"},
            "2026-10-28 10:00",
            "2026-10-28 19:00",
            "2026-10-28 20:00",
            EXCUSED,
            id="handed in within its grace is judged at once",
        ),
        pytest.param(
            {"2026-10-28": "2026-10-28 16:00"},
            "2026-10-28 10:00",
            None,
            "2026-10-28 18:00",
            CARRIED,
            id="a void declaration buys no time",
        ),
    ],
)
def test_nothing_is_judged_while_its_time_runs(late, received, handed_in, as_of, standing):
    payment = payment_fact(received=received, handed_in=handed_in)
    assert rule(late=late, as_of=as_of).standing(payment) is standing


@pytest.mark.parametrize(
    ("handed_in", "standing"),
    [
        pytest.param("2025-02-05 18:00:00", EXCUSED, id="the first workday after the festival"),
        pytest.param("2025-02-05 18:00:00.000001", CARRIED, id="a tick after its work's end"),
    ],
)
def test_a_late_handover_runs_over_the_holidays(handed_in, standing):
    """The 28th of January 2025 was New Year's Eve; the cutoff stood there all the same."""
    january = collection_month("2025-01", "2024-12-28 16:00", "2025-01-28 16:00")
    judged = rule(month=january, late={"2025-01-27": "2025-01-27 15:00"})
    payment = payment_fact(received="2025-01-27 14:00", handed_in=handed_in)
    assert judged.standing(payment) is standing


@pytest.mark.parametrize(
    ("handed_in", "standing"),
    [
        pytest.param("2025-01-28 18:00", EXCUSED, id="by six"),
        pytest.param("2025-01-28 18:01", CARRIED, id="past six"),
    ],
)
def test_a_cutoff_on_a_holiday_has_its_own_day_too(handed_in, standing):
    january = collection_month("2025-01", "2024-12-28 16:00", "2025-01-28 16:00")
    payment = payment_fact(received="2025-01-28 10:00", handed_in=handed_in)
    assert rule(month=january).standing(payment) is standing


def test_the_own_days_end_is_the_work_end_in_force_that_day():
    payment = payment_fact(received="2026-10-28 10:00", handed_in="2026-10-28 17:45")
    assert rule(policy=book("2026-10-28 work_end 17:30")).standing(payment) is CARRIED
    assert rule(policy=book("2026-10-29 work_end 17:30")).standing(payment) is EXCUSED


def test_work_that_ends_before_the_cutoff_excuses_nothing_more():
    payment = payment_fact(received="2026-10-28 10:00", handed_in="2026-10-28 16:00:01")
    assert rule(policy=book("2026-10-28 work_end 15:00")).standing(payment) is CARRIED


def test_the_same_money_can_be_carried_over_two_cutoffs():
    payment = payment_fact(received="2026-09-20 10:00", handed_in="2026-10-29 09:00")
    september = collection_month("2026-09", "2026-08-28 16:00", "2026-09-28 16:00")
    november = collection_month("2026-11", "2026-10-28 16:00", "2026-11-28 16:00")
    assert rule(month=september).standing(payment) is CARRIED
    assert rule().standing(payment) is CARRIED
    assert rule(month=november).standing(payment) is IN_TIME


def test_a_late_handover_excuses_at_the_cutoff_it_was_declared_before():
    """Money excused in September and kept past the next cutoff is October's own matter."""
    payment = payment_fact(received="2026-09-28 10:00", handed_in="2026-10-29 09:00")
    september = collection_month("2026-09", "2026-08-28 16:00", "2026-09-28 16:00")
    late = {"2026-09-28": "2026-09-28 12:00"}
    assert rule(month=september, late=late).standing(payment) is CARRIED
    assert rule(late=late).standing(payment) is CARRIED


def test_all_payments_carried_over_come_together_in_order_of_receipt():
    carried = [
        payment_fact("P3", received="2026-10-20 10:00"),
        payment_fact("P1", received="2026-10-21 10:00", handed_in="2026-10-29 09:00"),
        payment_fact("P2", received="2026-10-20 10:00"),
        payment_fact("P9", received="2026-10-20 10:00", employee_no="Y008"),
    ]
    innocent = [
        payment_fact("P4", received="2026-10-20 10:00", handed_in="2026-10-28 16:00"),
        payment_fact("P5", received="2026-10-28 10:00", handed_in="2026-10-28 17:00"),
        payment_fact("P6", received="2026-10-20 10:00", transfer=True),
        payment_fact("P7", received="2026-10-28 17:00", employee_no="Y009"),
    ]
    found = carried_over([*carried, *innocent], rule())
    assert {who: [p.payment_no for p in held] for who, held in found.items()} == {
        HER: ["P2", "P3", "P1"],
        "Y008": ["P9"],
    }


# Properties.

received_near = st.integers(-4 * 24 * 3600, 3600).map(
    lambda s: at("2026-10-28 16:00") + timedelta(seconds=s)
)
later_by = st.none() | st.integers(0, 6 * 24 * 3600).map(lambda s: timedelta(seconds=s))
declarations = st.dictionaries(
    st.sampled_from(["2026-10-25", "2026-10-26", "2026-10-27", "2026-10-28"]),
    st.sampled_from(
        [
            "2026-10-25 12:00",
            "2026-10-26 12:00",
            "2026-10-27 23:00",
            "2026-10-28 15:59:59.999999",
            "2026-10-28 16:00",
        ]
    ),
)


def made(received, wait):
    handed_in = None if wait is None else received + wait
    return payment_fact()._replace(received_at=received, handed_in_at=handed_in)


@given(received_near, later_by, declarations, st.integers(0, 4 * 24 * 60))
def test_a_judgement_once_made_stays(received, wait, late, minutes):
    """A close that runs later finds what an earlier one found, where that one found anything."""
    payment = made(received, wait)
    final = rule(late=late).standing(payment)
    as_of = at("2026-10-28 16:00") + timedelta(minutes=minutes)
    early = CutoffRule(
        collection_month(), as_of.__ge__, rule(late=late).late_handovers, Workdays(), book()
    ).standing(payment)
    assert final is not NOT_YET
    assert early in (final, NOT_YET)


@given(received_near, st.integers(0, 6 * 24 * 3600), st.integers(0, 6 * 24 * 3600), declarations)
def test_handing_in_earlier_is_never_worse(received, one, other, late):
    rank = [IN_TIME, EXCUSED, CARRIED]
    sooner, later = (made(received, timedelta(seconds=s)) for s in sorted([one, other]))
    judged = rule(late=late)
    assert rank.index(judged.standing(sooner)) <= rank.index(judged.standing(later))


@given(received_near, later_by, declarations)
def test_declaring_late_never_makes_it_worse(received, wait, late):
    payment = made(received, wait)
    if rule().standing(payment) is not CARRIED:
        assert rule(late=late).standing(payment) is not CARRIED


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        ("2026-10-27 15:59", None),
        ("2026-10-27 16:00", Stage.DAY),
        ("2026-10-28 11:59", Stage.DAY),
        ("2026-10-28 12:00", Stage.HOURS),
        ("2026-10-28 14:59", Stage.HOURS),
        ("2026-10-28 15:00", Stage.HOUR),
        ("2026-10-28 16:00", Stage.HOUR),
        ("2026-10-28 16:01", None),
    ],
)
def test_the_reminder_that_has_come_last(now, stage):
    assert reminder_stage(at("2026-10-28 16:00"), at(now)) is stage
