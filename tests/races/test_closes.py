"""Two closes of a month at once: the one that read first does not have the last word."""

import pytest

from payroll.models import PayMonth
from payroll.services import close as closing
from tests.races.at_once import after_reading, at_once, elsewhere, without_version
from tests.races.october import (
    FIRST_SUM,
    MONTH,
    assert_settled,
    books_say,
    close,
    facts_say,
)

ROUNDS = 12


def new_facts_closed_by_somebody_else(url: str) -> None:
    facts_say(FIRST_SUM + 1)
    close()


def overtaken_close(url: str) -> None:
    """A close that has read old facts when somebody else closes on new ones."""
    facts_say(FIRST_SUM)
    with after_reading(
        closing, lambda: elsewhere(url, lambda: new_facts_closed_by_somebody_else(url))
    ) as came_of_it:
        close()
    assert came_of_it, "nobody came between"


def test_a_close_that_was_overtaken_starts_again(books):
    overtaken_close(books)
    assert_settled(FIRST_SUM + 1)


def test_control_without_the_version_it_posts_what_is_no_longer_so(books, monkeypatch):
    monkeypatch.setattr(closing, "_post", without_version(closing._post))
    overtaken_close(books)
    assert books_say() == (FIRST_SUM, FIRST_SUM)


@pytest.mark.parametrize("closers", [2, 4])
def test_closes_from_one_moment_on(books, closers):
    for yuan in range(FIRST_SUM, FIRST_SUM + ROUNDS):
        facts_say(yuan)
        results = at_once(books, *[close] * closers)
        assert not [found for found in results if isinstance(found, Exception)], results
        assert_settled(yuan)
    assert PayMonth.objects.get(month=MONTH).state == PayMonth.State.CLOSED
