"""How often one may guess, and how long one waits (accounts/logins/rules.py)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.logins.rules import (
    ACCOUNT,
    ACCOUNT_CODES,
    ADDRESS,
    CODE,
    DEVICE,
    LETTER,
    LETTERS_FROM,
    LETTERS_TO,
    PAIR,
    PASSWORD,
    Guess,
    Limit,
    guess_wait,
    wait_of,
)

NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)
NONE, MINUTE = timedelta(), timedelta(minutes=1)


def guess(minutes_ago: int = 0, kind=PASSWORD, account="y001", address="a", device="", known=False):
    return Guess(NOW - minutes_ago * MINUTE, kind, account, address, device, not known)


def many(count: int, **more):
    return [guess(5, **more) for _n in range(count)]


@pytest.mark.parametrize(
    ("minutes_ago", "wait"),
    [([], 0), ([1, 2], 0), ([1, 2, 3], 7), ([3, 2, 1], 7), ([1, 2, 10], 0), ([1, 2, 3, 4], 7)],
)
def test_the_oldest_that_counts_says_how_long(minutes_ago, wait):
    tries = [NOW - minutes * MINUTE for minutes in minutes_ago]
    assert wait_of(Limit(3, 10 * MINUTE), tries, NOW) == wait * MINUTE


@pytest.mark.parametrize(
    ("mine", "earlier", "waits"),
    [
        (guess(), many(PAIR.tries - 1), False),
        (guess(), many(PAIR.tries), True),
        (guess(address="b"), many(PAIR.tries), False),
        (guess(account="y002"), many(PAIR.tries), False),
        (guess(kind=CODE), many(PAIR.tries), False),
        (guess(device="d", known=True), many(ACCOUNT.tries + ADDRESS.tries), False),
        (guess(device="d", known=True), many(DEVICE.tries, device="d", known=True), True),
        (guess(), many(DEVICE.tries, device="d", known=True), False),
        (guess(address="b"), many(ACCOUNT.tries), True),
        (guess(address="b", known=True), many(ACCOUNT.tries), False),
        (guess(address="b"), many(ACCOUNT.tries, known=True), False),
        (guess(account="y002"), many(ADDRESS.tries), True),
        (guess(account="y002", known=True), many(ADDRESS.tries), False),
        (guess(kind=CODE, address="b"), many(ACCOUNT_CODES.tries, kind=CODE), True),
        (guess(kind=LETTER, address="b"), many(LETTERS_TO.tries, kind=LETTER), True),
        (guess(kind=LETTER, account="x"), many(LETTERS_TO.tries, kind=LETTER), False),
        (guess(kind=LETTER, account="x"), many(LETTERS_FROM.tries, kind=LETTER), True),
    ],
)
def test_whose_tries_count_against_whom(mine, earlier, waits):
    assert bool(guess_wait(mine, earlier)) is waits


GUESSES = st.builds(
    guess,
    st.integers(0, 120),
    account=st.sampled_from(["y001", "y002"]),
    address=st.sampled_from(["a", "b", "c"]),
    device=st.sampled_from(["", "d", "e"]),
    known=st.booleans(),
)


@given(st.lists(GUESSES, max_size=50).map(lambda them: them * 5))
def test_waiting_always_helps(earlier):
    """Nobody is shut out for good: when the time said is over, one may."""
    mine = guess()
    wait = guess_wait(mine, earlier)
    assert NONE <= wait <= timedelta(hours=1)
    later = Guess(mine.at + wait, mine.kind, mine.account, mine.address)
    assert guess_wait(later, earlier) == NONE


@given(st.lists(GUESSES, max_size=50).map(lambda them: them * 5))
def test_no_one_else_counts_against_a_known_device(earlier):
    own = guess(device="hers", known=True)
    assert guess_wait(own, earlier) == NONE
