"""The broker stops and forgets; the database is killed at work.

Not collected on SQLite: embedded there is neither server.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.faults import guards
from tests.faults.books import Books
from tests.faults.ledger import looking_at, wrong_with_the_books
from tests.faults.program import Program
from tests.faults.servers import PrivatePostgres, running_redis, wait_until

AFTER_OCTOBER = "2026-11-01T00:01:00"
MINUTES_LATER = "2026-11-01T00:06:00"
A_MINUTE = 60.0


def redis_stops(books: Books, *, seconds: float) -> Any:
    """Between the request and the close: the messages are gone, and so is beat's schedule."""
    program = books.program
    program.set_clock(AFTER_OCTOBER)
    program.hold(guards.READ)
    program.worker()
    beat = program.beat()
    run = books.request()
    wait_until(lambda: program.held(guards.READ), what=books.told)
    program.redis.stop()
    time.sleep(seconds)  # that it is away for so long is the test
    program.redis.start()
    program.release(guards.READ)
    # RedBeat does not put back what was flushed: who keeps beat alive starts it again.
    beat.kill()
    program.beat("again")
    # Messages that were flushed are sent again after two minutes.
    program.set_clock(MINUTES_LATER)
    return run


def test_redis_stops_for_a_minute_and_forgets_everything(launch):
    books = launch()
    run = redis_stops(books, seconds=A_MINUTE)
    assert books.wait_finished(run).state == "done"
    books.assert_undisturbed()
    books.close()
    books.assert_undisturbed()


def request_while_redis_is_away(books: Books) -> Any:
    program = books.program
    program.set_clock(AFTER_OCTOBER)
    program.redis.stop()
    run = books.request()
    program.redis.start()
    program.worker()
    program.beat()
    return run


def test_a_request_while_redis_is_away_is_found_later(launch):
    books = launch()
    run = request_while_redis_is_away(books)
    assert books.wait_finished(run).state == "done"
    books.assert_undisturbed()


def forgotten_at_once(books: Books) -> Any:
    return redis_stops(books, seconds=0.0)


@pytest.mark.parametrize("away", [forgotten_at_once, request_while_redis_is_away])
def test_control_what_is_not_sent_again_is_never_done(launch, away):
    books = launch(guards_off="again")
    run = away(books)
    wait_until(lambda: books.ticks(), what=books.told)
    wait_until(lambda: not any(part.state == "running" for part in books.runs()), what=books.told)
    ticks = books.ticks()
    wait_until(lambda: books.ticks() > ticks + 5, what=books.told)
    assert not books.is_finished(run)


Installed = Callable[..., tuple[Program, PrivatePostgres]]


@pytest.fixture
def installed(company: str, tmp_path: Path, django_db_blocker) -> Iterator[Installed]:
    """Makes a program on a cluster of its own, at work on a close, half of a group written."""
    with django_db_blocker.unblock(), ExitStack() as open_things:

        def made(*, guards_off: str = "", beat: bool = True) -> tuple[Program, PrivatePostgres]:
            # In a place that its account may reach.
            place = open_things.enter_context(tempfile.TemporaryDirectory(prefix="cluster-"))
            cluster = PrivatePostgres(Path(place))
            cluster.start()
            open_things.callback(cluster.stop)
            database = cluster.filled("company", company)
            redis = open_things.enter_context(running_redis(tmp_path))
            program = Program(tmp_path, database, redis, guards_off)
            open_things.callback(program.kill_all)
            program.set_clock(AFTER_OCTOBER)
            program.worker()
            if beat:
                program.beat()
            return program, cluster

        yield made


def killed_at_work(program: Program, cluster: PrivatePostgres, *, used_up: bool = False) -> int:
    """`-m immediate` while groups are written; gives the close's run when it is up again.

    It is not up again before somebody met its absence; `used_up`: nor before there is no message
    left and nobody at work.
    """
    from payroll.models import Entry

    program.set_clock(AFTER_OCTOBER)
    program.hold(guards.HALF)
    (worker,) = (one for one in program.started if one.log.name.startswith("worker"))
    with Books.of(program, "") as books:
        run = books.request()
        wait_until(lambda: program.held(guards.HALF) == 2, what=books.told)
        before = Entry.objects.count()
    said = worker.times("OperationalError")
    cluster.stop("immediate")
    program.release(guards.HALF)
    wait_until(lambda: worker.times("OperationalError") > said, what=program.logs)
    if used_up:
        wait_until(lambda: not program.redis.waiting() and worker.is_idle, what=program.logs)
    cluster.start()
    with looking_at(program.database):
        assert Entry.objects.count() >= before
    return int(run.pk)


def test_postgres_is_killed_under_load(installed):
    """Several times, on other facts each time; it recovers, and so do the books."""
    from accounts.models import Person
    from core.models import JobRun

    program, cluster = installed()
    for turn in range(3):
        with looking_at(program.database):
            Person.objects.update(base_salary=5000 + turn)
        run = killed_at_work(program, cluster)
        with Books.of(program, "") as books:
            wait_until(lambda: not books.at_work(), what=books.told)
            program.set_clock(MINUTES_LATER)
            assert books.wait_finished(JobRun.objects.get(pk=run)).state == "done"
            books.settle()
            books.assert_settled()


def test_a_worker_keeps_its_messages_while_the_database_is_away(installed):
    """No tick sends any of them again."""
    program, cluster = installed(beat=False)
    killed_at_work(program, cluster)
    with Books.of(program, "") as books:
        wait_until(lambda: books.attempts_of_parts() == {1}, what=books.told)


def test_control_without_patience_the_messages_are_used_up(installed):
    program, cluster = installed(guards_off="patience", beat=False)
    killed_at_work(program, cluster, used_up=True)
    with Books.of(program, "") as books:
        assert books.attempts_of_parts() == {0, 1}


def test_control_without_a_transaction_a_killed_database_keeps_the_half(installed):
    program, cluster = installed(guards_off="transaction", beat=False)
    killed_at_work(program, cluster)
    with looking_at(program.database):
        assert wrong_with_the_books()
