"""A fact changes while its month closes: it is in the close or after it, never half."""

from contextlib import nullcontext
from itertools import count
from threading import Event, Thread

import pytest

from payroll.assessment import group_steps
from payroll.services import close_groups as closing
from payroll.services import month_close
from tests.faults.ledger import looking_at
from tests.races.at_once import elsewhere
from tests.races.october import (
    AFTER_OCTOBER,
    FIRST_SUM,
    MONTH,
    assert_settled,
    books_say,
    close,
    facts_say,
    her_group,
)

CLOSES = 30


def sums_seen(url: str) -> list[tuple[int, int]]:
    """What the books say when the facts changed during a close, once at each step of her group."""
    seen = []
    facts_say(FIRST_SUM)
    before = her_group() * len(group_steps())
    for turn in range(len(group_steps())):
        steps = count(-before)

        def changes(_label: str, turn: int = turn, steps: count = steps) -> None:
            if next(steps) == turn:
                elsewhere(url, lambda: facts_say(FIRST_SUM + 1 + turn))

        month_close(month=MONTH, as_of=AFTER_OCTOBER, progress=changes)
        seen.append(books_say())
    return seen


def test_a_change_at_any_step_is_in_the_close_or_after_it(books):
    seen = sums_seen(books)
    assert all(base == broken for base, broken in seen), seen
    assert {base for base, _ in seen} <= set(range(FIRST_SUM, FIRST_SUM + len(seen) + 1))
    close()
    assert_settled(FIRST_SUM + len(seen))


def test_control_reading_without_a_snapshot_sees_half(books, monkeypatch):
    monkeypatch.setattr(closing, "read_snapshot", nullcontext)
    assert any(base != broken for base, broken in sums_seen(books))


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_changes_at_random_moments(books, monkeypatch, guarded):
    if not guarded:
        monkeypatch.setattr(closing, "read_snapshot", nullcontext)
    stop, written = Event(), [FIRST_SUM]
    facts_say(FIRST_SUM)

    def keep_changing() -> None:
        with looking_at(books):
            while not stop.wait(0.003):
                facts_say(written[-1] + 1)
                written.append(written[-1] + 1)

    writer = Thread(target=keep_changing)
    writer.start()
    try:
        seen, overtaken = [], 0
        for _close in range(CLOSES):
            before = len(written)
            close()
            overtaken += len(written) > before
            seen.append(books_say())
    finally:
        stop.set()
        writer.join()
    assert overtaken > CLOSES // 2, "the facts did not change during the closes"
    if guarded:
        assert all(base == broken for base, broken in seen), seen
        assert [base for base, _ in seen] == sorted(base for base, _ in seen)
    else:
        assert any(base != broken for base, broken in seen)
    close()
    assert_settled(written[-1])
