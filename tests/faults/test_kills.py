"""Killed at any moment of a close and started again, the program ends with the same ledger.

A moment is a statement of the close's jobs, drawn at random (seeded): the database sees nothing
of a close but its statements and commits. Who comes to the statement waits there to be killed.
"""

import random
from typing import Any

import psutil
import pytest

from tests.browser import databases
from tests.faults import guards
from tests.faults.books import Books
from tests.faults.servers import wait_until

# Nothing falls due on the first of the month before 00:10 but the close that is asked for.
AFTER_OCTOBER = "2026-11-01T00:01:00"
MINUTES_LATER = "2026-11-01T00:06:00"

# What dies, how often, and what comes back. On PostgreSQL workers have processes of their own to
# lose besides.
WAYS = {"same name": 10, "other name": 10, "with beat": 10}
if databases.is_postgres():
    WAYS["child"] = 5


@pytest.fixture
def usual_statements(launch) -> int:
    """How many statements the jobs of a close make when nothing happens."""
    books = launch("measured")
    books.program.set_clock(AFTER_OCTOBER)
    books.program.worker()
    books.close()
    books.program.kill_all()
    return books.program.statements()


def killed_at(books: Books, statement: int, way: str) -> bool:
    """A close whose worker dies just before that statement; says whether it came to it."""
    program = books.program
    program.set_clock(AFTER_OCTOBER)
    program.hold_at(statement)
    worker = program.worker()
    beat = program.beat() if way in ("with beat", "child") else None
    run = books.request()
    wait_until(lambda: program.held(guards.STATEMENT) or books.is_finished(run), what=books.told)
    victims = program.who_is_held(guards.STATEMENT)
    if way == "child":
        for one in victims:
            psutil.Process(one).kill()
    else:
        worker.kill()
    program.release(guards.STATEMENT)
    # What was fetched and not begun is sent again after two minutes.
    program.set_clock(MINUTES_LATER)
    if beat and way == "with beat":
        beat.kill()
        program.beat("again")
    if way != "child":
        program.worker("two" if way == "other name" else "one")
    return bool(victims)


@pytest.mark.parametrize(("way", "kills"), WAYS.items())
def test_killed_at_a_random_moment(launch, usual_statements, way, kills):
    moments = random.Random(f"kills/{way}")
    at_work = 0
    for kill in range(kills):
        books = launch(f"kill-{kill}")
        at_work += killed_at(books, moments.randint(1, usual_statements), way)
        (run,) = books.runs("close")
        assert books.wait_finished(run).state == "done", (kill, run.error)
        books.settle()
        books.assert_undisturbed()
        books.program.kill_all()
    # How two workers' slots meet moves the last statements a little.
    assert at_work >= kills - 2


def killed_half_way(books: Books) -> Any:
    """A close whose worker dies when half of a group's entries are written; gives its run."""
    from payroll.models import Entry

    program = books.program
    program.set_clock(AFTER_OCTOBER)
    program.hold(guards.HALF)
    worker = program.worker()
    run = books.request()
    wait_until(lambda: program.held(guards.HALF), what=books.told)
    held = [part.pk for part in books.runs("close_group") if part.state == "running"]
    worker.kill()
    assert Entry.objects.exists() == (program.guards_off == "transaction")
    program.release(guards.HALF)
    program.worker()
    if program.guards_off != "return":
        # At once, by the worker's name: no tick, no time that passes.
        wait_until(lambda: books.attempts(held) >= {2}, what=books.told)
    program.beat()
    program.set_clock(MINUTES_LATER)
    if program.guards_off == "return":
        # Looked for again and again, and still in the hands of nobody.
        ticks = books.ticks()
        wait_until(lambda: books.ticks() > ticks + 5, what=books.told)
        return run
    assert books.wait_finished(run).state == "done"
    return run


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
    books = launch(guards_off="return")
    run = killed_half_way(books)
    run.refresh_from_db()
    assert run.state == "waiting"
