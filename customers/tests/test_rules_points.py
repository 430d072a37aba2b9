"""Points for visits, and the cleaning owed for too few (VIS-2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.months import Month
from customers.rules.points import owes_cleaning, points
from policy.rules import Policy
from tests.builders import day, person_fact

OCTOBER = Month(2026, 10)


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([("K1", "2026-10-01")], 1, id="one"),
        pytest.param([("K1", "2026-10-01"), ("K1", "2026-10-01")], 1, id="same customer and day"),
        pytest.param([("K1", "2026-10-01"), ("K1", "2026-10-02")], 2, id="same customer, next day"),
        pytest.param([("K1", "2026-10-01"), ("K2", "2026-10-01")], 2, id="two customers, one day"),
    ],
)
def test_one_point_for_each_customer_and_day(visits, expected):
    assert points((customer, day(on)) for customer, on in visits) == expected


@pytest.mark.parametrize(
    ("got", "owes"),
    [
        pytest.param(0, True, id="none at all"),
        pytest.param(26, True, id="four short"),
        pytest.param(27, True, id="three short"),
        pytest.param(28, False, id="two short"),
        pytest.param(30, False, id="enough"),
        pytest.param(31, False, id="more than enough"),
    ],
)
def test_three_points_short_is_a_cleaning(got, owes):
    assert owes_cleaning(person_fact(), OCTOBER, got, Policy()) is owes


@pytest.mark.parametrize(
    ("hired", "left", "owes"),
    [
        pytest.param("2026-10-01", None, True, id="hired on the first"),
        pytest.param("2026-10-02", None, False, id="hired on the second"),
        pytest.param("2024-01-01", "2026-10-31", True, id="left on the last day"),
        pytest.param("2024-01-01", "2026-10-30", False, id="left the day before"),
        pytest.param("2024-01-01", "2026-09-30", False, id="left before"),
        pytest.param("2026-11-01", None, False, id="hired after"),
    ],
)
def test_only_whoever_was_employed_the_whole_month(hired, left, owes):
    assert owes_cleaning(person_fact(hired=hired, left=left), OCTOBER, 0, Policy()) is owes


def test_telephone_people_owe_no_points():
    assert not owes_cleaning(person_fact(channel="telephone"), OCTOBER, 0, Policy())


@pytest.mark.parametrize(
    ("policy", "got", "owes"),
    [
        pytest.param(Policy(points_min=20), 17, True, id="least 20: 17"),
        pytest.param(Policy(points_min=20), 18, False, id="least 20: 18"),
        pytest.param(Policy(points_shortfall=1), 29, True, id="one short will do"),
        pytest.param(Policy(points_shortfall=1), 30, False, id="one short will do: none is"),
    ],
)
def test_the_numbers_are_the_policys(policy, got, owes):
    assert owes_cleaning(person_fact(), OCTOBER, got, policy) is owes


@given(st.integers(0, 60), st.integers(0, 60))
def test_more_points_never_bring_a_duty(one, other):
    fewer, more = sorted([one, other])
    if owes_cleaning(person_fact(), OCTOBER, more, Policy()):
        assert owes_cleaning(person_fact(), OCTOBER, fewer, Policy())


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.dates())))
def test_writing_a_visit_twice_earns_nothing(visits):
    assert points(visits + visits) == points(visits) <= len(visits)
