"""Whether a customer may be called, and how a call keeps to its script (VIS-4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.rules.telephone import (
    CALLS_BACK,
    REACHED,
    Refusal,
    masked,
    must_follow,
    refusal,
    skipped,
)

counts = st.integers(min_value=0, max_value=50)


@pytest.mark.parametrize(
    ("quiet", "called", "most", "verdict"),
    [
        (False, 0, 3, None),
        (False, 2, 3, None),
        (False, 3, 3, Refusal.TOO_OFTEN),
        (False, 4, 3, Refusal.TOO_OFTEN),
        (True, 0, 3, Refusal.QUIET),
        (True, 3, 3, Refusal.QUIET),
        (False, 0, 1, None),
        (False, 1, 1, Refusal.TOO_OFTEN),
        (False, 0, 0, Refusal.TOO_OFTEN),
    ],
)
def test_the_guard(quiet, called, most, verdict):
    assert refusal(do_not_disturb=quiet, called=called, most=most) is verdict


@given(counts, counts)
def test_no_day_has_more_calls_than_the_most(called, most):
    """Called until it is refused, it is never more than that."""
    while refusal(do_not_disturb=False, called=called, most=most) is None:
        called += 1
        assert called <= most


@given(counts, counts)
def test_whoever_is_refused_stays_refused(called, most):
    if refusal(do_not_disturb=False, called=called, most=most):
        assert refusal(do_not_disturb=False, called=called + 1, most=most)
    assert refusal(do_not_disturb=True, called=called, most=most) is Refusal.QUIET


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0574-87654321", "•••• 21"),
        ("139 5555 7391", "•••• 91"),
        ("+86 (574) 8765-4321 ext. 12", "•••• 12"),
        ("12345", "•••• 45"),
        ("1234", "••••"),
        ("12", "••••"),
        ("by post", "••••"),
    ],
)
def test_a_masked_number(number, shown):
    assert masked(number) == shown


@given(st.text(max_size=40))
def test_no_more_than_two_digits_of_a_masked_number_are_left(number):
    left = masked(number).replace("•", "").strip()
    assert len(left) <= 2
    assert sum(sign.isdigit() for sign in number) > 4 or not left


@pytest.mark.parametrize(
    ("steps", "done", "left"),
    [(0, [], []), (3, [0, 1, 2], []), (3, [], [0, 1, 2]), (3, [1], [0, 2]), (2, [0, 1, 7], [])],
)
def test_steps_left_out(steps, done, left):
    assert skipped(steps, done) == left


@pytest.mark.parametrize(
    ("outcome", "follows", "reached", "can_agree"),
    [
        ("reached", True, True, True),
        ("not_reached", False, False, True),
        ("call_back", False, True, True),
        ("not_interested", False, True, False),
        ("do_not_disturb", False, True, False),
    ],
)
def test_what_an_outcome_means(outcome, follows, reached, can_agree):
    assert must_follow(outcome) is follows
    assert (outcome in REACHED) is reached
    assert (outcome in CALLS_BACK) is can_agree
