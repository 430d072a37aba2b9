"""Two closes of a month at once: the one that read first does not have the last word."""

import pytest
from django.db import connection

from payroll.models import MonthGroup, PayMonth
from payroll.services import close_groups as closing
from tests.faults.ledger import wrong_with_the_books
from tests.races.at_once import after_reading, at_once, elsewhere, fewer_on_sqlite
from tests.races.october import (
    FIRST_SUM,
    MONTH,
    assert_settled,
    close,
    facts_say,
    her_group,
)

ROUNDS = fewer_on_sqlite(12)


def new_facts_closed_by_somebody_else() -> None:
    facts_say(FIRST_SUM + 1)
    close()


def overtaken_close(url: str) -> None:
    """A close that has read old facts when somebody else closes on new ones."""
    facts_say(FIRST_SUM)
    with after_reading(
        closing, lambda: elsewhere(url, new_facts_closed_by_somebody_else), which=her_group()
    ) as came_of_it:
        close()
    assert came_of_it, "nobody came between"


def test_a_close_that_was_overtaken_starts_again(books):
    overtaken_close(books)
    assert_settled(FIRST_SUM + 1)


def test_control_without_version_and_unique_key_all_is_posted_twice(books, monkeypatch):
    """Either of the two would do: without the version, the key is refused and it reads again."""
    move_on = closing._GroupClose._move_on

    def moved(self, after):
        self.seen.version = MonthGroup.objects.values_list("version", flat=True).get(
            pk=self.seen.pk
        )
        move_on(self, after)

    monkeypatch.setattr(closing._GroupClose, "_move_on", moved)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX entry_once")
    overtaken_close(books)
    assert [problem for problem in wrong_with_the_books() if "stands 2 times" in problem]


@pytest.mark.parametrize("closers", [2, 4])
def test_closes_from_one_moment_on(books, closers):
    for yuan in range(FIRST_SUM, FIRST_SUM + ROUNDS):
        facts_say(yuan)
        results = at_once(books, *[close] * closers)
        assert not [found for found in results if isinstance(found, Exception)], results
        assert_settled(yuan)
    assert PayMonth.objects.get(month=MONTH).state == PayMonth.State.CLOSED
