"""Each indicator from 0 to 100, the score and the grade (KPI-1), by the readings of adr/0033."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.rules.appraisal import (
    Facts,
    Indicator,
    activity_score,
    adjusted,
    complaint_score,
    grade_of,
    indicators,
    satisfaction,
    score_of,
    share,
)
from performance.rules.periods import Period
from performance.rules.returns import return_visits
from policy.rules import DEFAULTS, Policy
from tests.builders import yuan

QUARTER = Period.parse("2026-Q3")
TENTH = Decimal("0.10")
counts = st.integers(0, 1000)
scores = st.integers(0, 1000).map(lambda n: Decimal(n) / 10)


def dec(text):
    return None if text is None else Decimal(text)


def scored(**facts):
    found = indicators(Facts(**{"employed_days": 92} | facts), DEFAULTS, QUARTER)
    return {each.key: each.score for each in found}


@pytest.mark.parametrize(
    ("done", "due", "score"),
    [
        (0, 0, None), (5, 0, None), (5, None, None), (0, 5, "0.0"), (5, 5, "100.0"),
        (6, 5, "100.0"), (1, 3, "33.3"), (2, 3, "66.7"), (-1, 5, "0.0"), (1999, 2000, "100.0"),
    ],
)  # fmt: skip
def test_a_share_of_what_was_due(done, due, score):
    assert share(done, due) == dec(score)


@pytest.mark.parametrize(
    ("marks", "total", "score"),
    [(0, 0, None), (1, 1, "0.0"), (1, 3, "50.0"), (1, 5, "100.0"), (2, 9, "87.5"), (3, 10, "58.3")],
)
def test_the_mean_mark(marks, total, score):
    assert satisfaction(marks, total) == dec(score)


@pytest.mark.parametrize(
    ("complaints", "customers", "score"),
    [
        (0, 0, None),
        (0, 1, "100.0"),
        (1, 0, "0.0"),
        (1, 10, "0.0"),
        (1, 11, "9.1"),
        (1, 20, "50.0"),
        (2, 20, "0.0"),
        (9, 20, "0.0"),
        (1, 1000, "99.0"),
    ],
)
def test_complaints_by_the_customers_she_has(complaints, customers, score):
    assert complaint_score(complaints, customers, TENTH) == dec(score)


def test_a_limit_of_nothing_forgives_no_complaint():
    assert complaint_score(1, 1000, Decimal(0)) == 0
    assert complaint_score(0, 1000, Decimal(0)) == 100


@pytest.mark.parametrize(
    ("attended", "suggested", "due", "score"),
    [
        (0, 0, 0, None), (0, 1, 0, "100.0"), (0, 0, 4, "0.0"), (3, 0, 4, "75.0"),
        (3, 1, 4, "100.0"), (4, 3, 4, "100.0"), (0, 1, 4, "25.0"),
    ],
)  # fmt: skip
def test_a_suggestion_makes_up_for_one_missed(attended, suggested, due, score):
    assert activity_score(attended, suggested, due) == dec(score)


def test_a_whole_quarter():
    found = indicators(
        Facts(
            employed_days=92,
            handed_in=yuan("240000"),
            target=yuan("300000"),
            new_customers=9,
            marks=2,
            marks_sum=8,
            returns_due=10,
            returns_made=9,
            complaints=1,
            customers=40,
            activities_due=20,
            activities=18,
            suggestions=1,
            reports_due=13,
            reports_on_time=13,
        ),
        DEFAULTS,
        QUARTER,
    )
    told = {each.key: (each.weight, str(each.score)) for each in found}
    assert told == {
        "sales": (40, "80.0"),
        "customers": (15, "100.0"),
        "satisfaction": (10, "75.0"),
        "returns": (10, "90.0"),
        "complaints": (10, "75.0"),
        "activity": (5, "95.0"),
        "reports": (10, "100.0"),
    }
    # 32 + 15 + 7.5 + 9 + 7.5 + 4.75 + 10
    assert score_of(found) == Decimal("85.8")
    assert grade_of(score_of(found), DEFAULTS) == "B"
    assert found[0].figures == {"handed_in": "240000.00", "target": "300000.00"}


def test_nothing_known_is_no_score_but_for_new_customers():
    # That nobody new was found is data, too.
    assert scored() == {
        "sales": None, "customers": 0, "satisfaction": None, "returns": None,
        "complaints": None, "activity": None, "reports": None,
    }  # fmt: skip


def test_new_customers_are_asked_by_the_days_she_was_here():
    assert scored(new_customers=3, employed_days=31)["customers"] == 100  # 9 × 31 ÷ 92 = 3.0
    assert scored(new_customers=3)["customers"] == Decimal("33.3")
    assert scored(new_customers=3, employed_days=0)["customers"] is None


@pytest.mark.parametrize(
    ("given_scores", "score"),
    [
        ([], None),
        ([(40, None)], None),
        ([(40, "50"), (10, None)], "50.0"),
        ([(40, "50"), (10, "100")], "60.0"),
        ([(0, "50")], None),
        ([(1, "89.9"), (1, "90")], "90.0"),
        ([(3, "0"), (1, "0.1")], "0.0"),
    ],
)
def test_the_weight_of_one_without_data_is_shared(given_scores, score):
    found = [Indicator("x", weight, dec(each)) for weight, each in given_scores]
    assert score_of(found) == dec(score)


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (None, ""), ("100", "A"), ("90.0", "A"), ("89.9", "B"), ("80.0", "B"), ("79.9", "C"),
        ("60.0", "C"), ("59.9", "D"), ("0", "D"),
    ],
)  # fmt: skip
def test_grades_at_their_edges(score, grade):
    assert grade_of(dec(score), DEFAULTS) == grade


def test_grades_and_weights_are_the_policys():
    policy = Policy(kpi_grade_a=50, kpi_sales_weight=0)
    assert grade_of(Decimal(50), policy) == "A"
    assert indicators(Facts(), policy, QUARTER)[0].weight == 0


def test_an_adjustment_stays_between_nothing_and_all():
    assert adjusted(Decimal("98.5"), 5) == 100
    assert adjusted(Decimal("3.5"), -5) == 0
    assert adjusted(Decimal("85.8"), -5) == Decimal("80.8")
    assert adjusted(None, 5) is None


@given(st.lists(st.tuples(st.integers(0, 100), st.none() | scores), max_size=7))
def test_a_score_lies_between_those_it_is_made_of(given_scores):
    found = score_of(Indicator("x", weight, score) for weight, score in given_scores)
    weighed = [score for weight, score in given_scores if weight and score is not None]
    if not weighed:
        assert found is None
    else:
        assert min(weighed) <= found <= max(weighed)


@given(
    st.builds(
        Facts,
        employed_days=st.integers(0, 92),
        handed_in=counts.map(Decimal),
        target=st.none() | counts.map(Decimal),
        new_customers=counts,
        returns_due=counts,
        returns_made=counts,
        complaints=counts,
        customers=counts,
        activities_due=counts,
        activities=counts,
        suggestions=counts,
        reports_due=counts,
        reports_on_time=counts,
    )
)
def test_every_indicator_lies_between_0_and_100(facts):
    found = indicators(facts, DEFAULTS, QUARTER)
    assert all(each.score is None or 0 <= each.score <= 100 for each in found)


@given(
    st.sampled_from(
        [
            ("handed_in", 1), ("new_customers", 1), ("returns_made", 1), ("activities", 1),
            ("suggestions", 1), ("reports_on_time", 1), ("complaints", -1),
        ]
    ),
    counts,
    st.integers(1, 1000),
)  # fmt: skip
def test_more_of_what_is_good_never_takes_points(what, before, more):
    name, sign = what
    usual = {
        "target": Decimal(500), "returns_due": 50, "customers": 50, "activities_due": 50,
        "reports_due": 13, "employed_days": 92,
    }  # fmt: skip
    low = indicators(Facts(**usual | {name: before}), DEFAULTS, QUARTER)
    high = indicators(Facts(**usual | {name: before + more}), DEFAULTS, QUARTER)
    assert sign * score_of(low) <= sign * score_of(high)


FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


def returns(*contacts, since="2024-01-01", interval=30):
    return return_visits(
        since=date.fromisoformat(since),
        contacts=[date.fromisoformat(f"2026-{each}") for each in contacts],
        first=FIRST,
        last=LAST,
        interval=interval,
    )


@pytest.mark.parametrize(
    ("contacts", "due", "made"),
    [
        pytest.param((), 3, 0, id="left alone: missed on 30 July, 29 August, 28 September"),
        pytest.param(("06-15",), 3, 0, id="due on 15 July, 14 August, 13 September"),
        pytest.param(("06-15", "07-15"), 3, 1, id="on the last day: made"),
        pytest.param(("06-15", "07-16"), 4, 1, id="a day late: the next was made by it"),
        pytest.param(("06-30", "07-01", "07-20", "07-30"), 3, 1, id="many are one"),
        pytest.param(("06-30", "07-30", "08-29", "09-28"), 3, 3, id="all made"),
        pytest.param(("06-30", "07-30", "08-29", "09-28", "10-05"), 3, 3, id="later is not it"),
        pytest.param(("09-05",), 3, 1, id="30 July and 29 August missed, 28 September made"),
        pytest.param(("05-01",), 3, 0, id="overdue before: begins with the quarter"),
    ],
)  # fmt: skip
def test_return_visits_by_their_intervals(contacts, due, made):
    assert returns(*contacts) == (due, made)


def test_a_customer_new_to_her_is_due_an_interval_later():
    assert returns(since="2026-09-01") == (0, 0)
    assert returns(since="2026-08-31") == (1, 0)
    # What was before she had it is another's.
    assert returns("08-01", since="2026-08-31") == (1, 0)


def test_no_interval_is_no_return_visit():
    assert returns("07-01", interval=0) == (0, 0)


@given(
    st.lists(st.integers(-100, 120), max_size=40),
    st.integers(1, 90),
    st.integers(-60, 91),
)
def test_one_more_visit_never_makes_more_missed(days, interval, extra):
    def missed(with_days):
        due, made = return_visits(
            since=date(2024, 1, 1),
            contacts=[FIRST + timedelta(days=n) for n in with_days],
            first=FIRST,
            last=LAST,
            interval=interval,
        )
        assert 0 <= made <= due
        return due - made

    if extra >= 0:
        assert missed([*days, extra]) <= missed(days)
