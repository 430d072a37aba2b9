"""A final and whatever comes at the same time: nobody is paid what nobody looked at."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection

from payroll.models import Entry, PayMonth
from payroll.services import CannotFinal, final, month_close, month_final, waiver_grant
from payroll.services import close_groups as closing
from tests.faults.ledger import wrong_with_the_books
from tests.races.at_once import after_reading, at_once, elsewhere, fewer_on_sqlite
from tests.races.october import (
    AFTER_OCTOBER,
    FIRST_SUM,
    MONTH,
    NOVEMBER,
    assert_settled,
    books_say,
    close,
    facts_say,
    her_group,
)

ROUNDS = fewer_on_sqlite(8)
LATER = AFTER_OCTOBER + timedelta(days=30)


def finalise() -> PayMonth:
    return month_final(month=MONTH, early_reason="a test")


def is_final() -> bool:
    return PayMonth.objects.get(month=MONTH).is_final


def new_facts_closed() -> None:
    facts_say(FIRST_SUM + 1)
    close()


def final_after_others_closed(url: str) -> None:
    facts_say(FIRST_SUM)
    close()
    with after_reading(final, lambda: elsewhere(url, new_facts_closed)) as came_of_it:
        try:
            finalise()
        finally:
            assert came_of_it, "nobody came between"


def test_a_final_does_not_pay_out_what_was_closed_behind_its_back(books):
    with pytest.raises(CannotFinal, match="changed meanwhile"):
        final_after_others_closed(books)
    assert not is_final()
    assert_settled(FIRST_SUM + 1)


def test_control_without_the_version_it_does(books, monkeypatch):
    make_final = final._make_final

    def made(*, month, seen, **more):
        seen.refresh_from_db()
        return make_final(month=month, seen=seen, **more)

    monkeypatch.setattr(final, "_make_final", made)
    final_after_others_closed(books)
    assert is_final()


def close_after_a_final(url: str) -> None:
    """A close has read a correction when the month becomes final on what it said before."""
    facts_say(FIRST_SUM)
    close()

    facts_say(FIRST_SUM + 1)
    with after_reading(
        closing, lambda: elsewhere(url, final_in_spite), which=her_group()
    ) as came_of_it:
        close()
    assert came_of_it, "nobody came between"


def final_in_spite() -> None:
    """The facts it was closed on are those of a moment ago."""
    facts_say(FIRST_SUM)
    finalise()
    facts_say(FIRST_SUM + 1)


def test_a_close_that_a_final_overtook_posts_to_the_month_after(books):
    close_after_a_final(books)
    assert is_final()
    month_close(month=NOVEMBER, as_of=LATER)
    # Her salary is kept with the final; what she broke is corrected in November.
    assert books_say() == (FIRST_SUM, FIRST_SUM + 1)
    assert wrong_with_the_books() == []
    again = month_close(month=NOVEMBER, as_of=LATER)
    assert {(c.posted, c.reversed) for c in again} == {(0, 0)}


def test_control_without_holding_the_month_and_the_trigger_it_posts_to_the_final_one(
    books, monkeypatch
):
    """Either of the two would do: without the hold, the database refuses and it reads again."""
    post = closing._GroupClose._post

    def posted(self, people, found, after):
        with patch.object(closing, "hold_open_month", lambda _month: found.pay_month):
            post(self, people, found, after)

    monkeypatch.setattr(closing._GroupClose, "_post", posted)
    with connection.cursor() as cursor:
        on = " ON payroll_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER payroll_entry_guard_insert{on}")
    close_after_a_final(books)
    assert [problem for problem in wrong_with_the_books() if "after its month was" in problem]


def charge_of_hers() -> str:
    return Entry.objects.standing().get(key__endswith="/RACE", for_month=MONTH).key


def waive(key: str) -> None:
    waiver_grant(key=key, reason="in time")


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_waiver_and_a_final_at_once(books, turn):
    """Either the final saw the waiver and refused, or the next month gives the fine back."""
    facts_say(FIRST_SUM)
    close()
    key = charge_of_hers()
    waived, made = at_once(books, lambda: waive(key), finalise)
    assert not isinstance(waived, Exception), waived
    if isinstance(made, Exception):
        assert isinstance(made, CannotFinal), made
        assert not is_final()
        close()
        finalise()
        back_in = MONTH
    else:
        back_in = NOVEMBER
    month_close(month=NOVEMBER, as_of=LATER)
    charged = Entry.objects.filter(key=key, reverses=None).get()
    assert charged.reversal.pay_month == back_in
    assert wrong_with_the_books() == []
