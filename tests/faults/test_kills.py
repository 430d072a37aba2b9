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
from tests.faults.company import MONTH
from tests.faults.servers import wait_until

AFTER_OCTOBER = "2026-11-01T00:35:00"
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
    worker = program.worker()
    beat = program.beat() if way != "same name" else None
    run = books.request()
    time.sleep(seconds)  # the moment is the test
    if way == "child":
        run.refresh_from_db()
        worker.kill_child()
        return run.state
    worker.kill()
    run.refresh_from_db()
    if beat and way == "with beat":
        beat.kill()
        program.beat("again")
    program.worker("one" if way == "same name" else "two")
    if way != "same name":
        # Nobody answers to the dead one's name: it is missed after a while.
        program.set_clock("2026-11-01T00:45:00")
    return run.state


@pytest.mark.parametrize("way", WAYS)
def test_killed_at_a_random_moment(launch, usual_seconds, way):
    moments = random.Random(f"kills/{way}")
    states = []
    for kill in range(KILLS):
        books = launch(f"kill-{kill}")
        seconds = moments.uniform(0.0, usual_seconds)
        states.append(killed_after(books, seconds, way))
        (run,) = books.runs("close")
        assert books.wait_finished(run).state == "done", (kill, run.error)
        books.assert_undisturbed()
        books.program.kill_all()
    print("killed", way, states)
    assert sum(state in UNDER_WAY for state in states) >= KILLS // 3, states


def killed_half_way(books: Books) -> None:
    """A close whose worker dies when half of its entries are written."""
    from payroll.models import Entry

    books.program.set_clock(AFTER_OCTOBER)
    books.program.hold(guards.HALF)
    worker = books.program.worker()
    run = books.request()
    wait_until(lambda: books.program.held(guards.HALF), what="half way")
    worker.kill()
    assert Entry.objects.exists() == bool(books.program.guards_off)
    books.program.release(guards.HALF)
    books.program.worker()
    assert books.wait_finished(run).state == "done"


def test_killed_when_half_is_written(launch):
    books = launch()
    killed_half_way(books)
    books.assert_undisturbed(MONTH)


def test_control_without_a_transaction_the_half_shows(launch):
    books = launch(guards_off="transaction")
    killed_half_way(books)
    with pytest.raises(AssertionError):
        books.assert_undisturbed(MONTH)
