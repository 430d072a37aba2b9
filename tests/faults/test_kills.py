"""Killed at any moment of a close and started again, the program ends with the same ledger.

Whether a kill finds the close at work is left to chance (seeded); how many did is asserted, or the
test would prove nothing.
"""

import random
import time

import pytest

from tests.browser import databases
from tests.faults import guards
from tests.faults.books import Books
from tests.faults.servers import wait_until

# Nothing falls due on the first of the month before 00:10 but the close that is asked for.
AFTER_OCTOBER = "2026-11-01T00:01:00"
MINUTES_LATER = "2026-11-01T00:06:00"
KILLS = 10
UNDER_WAY = ("running", "waiting")

# What dies, and what comes back: on PostgreSQL the workers have processes of their own to lose.
WAYS = ["same name", "other name", "child" if databases.is_postgres() else "with beat"]


@pytest.fixture
def usual_seconds(launch) -> float:
    """How long a close takes from the request to the end, when nothing happens."""
    books = launch("measured")
    books.program.set_clock(AFTER_OCTOBER)
    books.program.worker()
    begun = time.monotonic()
    books.close()
    seconds = time.monotonic() - begun
    books.program.kill_all()
    return seconds


def killed_after(books: Books, seconds: float, way: str) -> str:
    """A close whose worker dies that long after the request; gives the run's state just then."""
    program = books.program
    program.set_clock(AFTER_OCTOBER)
    worker, beat = program.worker(), program.beat()
    run = books.request()
    time.sleep(seconds)  # the moment is the test
    if way == "child":
        worker.kill_child()
    else:
        worker.kill()
    run.refresh_from_db()
    if way == "with beat":
        beat.kill()
        program.beat("again")
    if way != "child":
        program.worker("two" if way == "other name" else "one")
    # What was fetched and not begun is sent again after two minutes.
    program.set_clock(MINUTES_LATER)
    return run.state


@pytest.mark.parametrize("way", WAYS)
def test_killed_at_a_random_moment(launch, usual_seconds, way):
    moments = random.Random(f"kills/{way}")
    states = []
    for kill in range(KILLS):
        books = launch(f"kill-{kill}")
        states.append(killed_after(books, moments.uniform(0.0, usual_seconds), way))
        (run,) = books.runs("close")
        assert books.wait_finished(run).state == "done", (kill, run.error)
        books.settle()
        books.assert_undisturbed()
        books.program.kill_all()
    print("killed", way, f"in {usual_seconds:.2f} s", states)
    assert sum(state in UNDER_WAY for state in states) >= KILLS // 3, states


def killed_half_way(books: Books) -> None:
    """A close whose worker dies when half of a group's entries are written."""
    from payroll.models import Entry

    program = books.program
    program.set_clock(AFTER_OCTOBER)
    program.hold(guards.HALF)
    worker = program.worker()
    run = books.request()
    wait_until(lambda: program.held(guards.HALF), what="half way")
    held = [part.pk for part in books.runs("close_group") if part.state == "running"]
    worker.kill()
    assert Entry.objects.exists() == (program.guards_off == "transaction")
    program.release(guards.HALF)
    program.worker()
    if program.guards_off != "return":
        # At once, by the worker's name: no tick, no time that passes.
        wait_until(lambda: books.attempts(held) >= {2}, what="taken up again")
    program.beat()
    program.set_clock(MINUTES_LATER)
    assert books.wait_finished(run, patience=20).state == "done"


def test_killed_when_half_is_written(launch):
    books = launch()
    killed_half_way(books)
    books.settle()
    books.assert_undisturbed()


def test_control_without_a_transaction_the_half_shows(launch):
    books = launch(guards_off="transaction")
    killed_half_way(books)
    books.settle()
    with pytest.raises(AssertionError):
        books.assert_undisturbed()


def test_control_what_is_not_taken_back_is_never_done(launch):
    with pytest.raises(TimeoutError):
        killed_half_way(launch(guards_off="return"))
