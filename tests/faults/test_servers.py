"""The broker stops and forgets; the database is killed at work.

Not collected on SQLite: embedded there is neither server.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import guards
from tests.faults.books import Books
from tests.faults.program import Program
from tests.faults.servers import PrivatePostgres, running_redis, wait_until

AFTER_OCTOBER = "2026-11-01T00:01:00"
# A minute, made short: longer than a worker's and a beat's longest pause before they look again.
AWAY = 12.0


def test_redis_stops_for_a_while_and_forgets_everything(launch):
    """Between the request and the close: the message is gone, and so is beat's schedule."""
    books = launch()
    program = books.program
    program.set_clock(AFTER_OCTOBER)
    program.hold(guards.READ)
    program.worker()
    beat = program.beat()
    run = books.request()
    wait_until(lambda: program.held(guards.READ), what="a close at work")
    program.redis.stop()
    time.sleep(AWAY)
    program.redis.start()
    program.release(guards.READ)
    # RedBeat does not put back what was flushed: who keeps beat alive starts it again.
    beat.kill()
    program.beat("again")
    # Messages that were flushed are sent again after two minutes.
    program.set_clock("2026-11-01T00:06:00")
    assert books.wait_finished(run, patience=90).state == "done"
    books.assert_undisturbed()
    books.close()
    books.assert_undisturbed()


def test_a_request_while_redis_is_away_is_found_later(launch):
    books = launch()
    program = books.program
    program.set_clock(AFTER_OCTOBER)
    program.redis.stop()
    run = books.request()
    program.redis.start()
    program.worker()
    program.beat()
    assert books.wait_finished(run).state == "done"
    books.assert_undisturbed()


@pytest.fixture
def cluster() -> Iterator[PrivatePostgres]:
    # In a place that its account may reach.
    with tempfile.TemporaryDirectory(prefix="cluster-") as name:
        server = PrivatePostgres(Path(name))
        server.start()
        yield server
        server.stop()


def test_postgres_is_killed_under_load(cluster, tmp_path, django_db_blocker):
    """`-m immediate` while groups are written, several times; it recovers, and so do the books."""
    database = cluster.address("company")
    cluster.execute("CREATE DATABASE company")
    with django_db_blocker.unblock(), running_redis(tmp_path) as redis:
        Books.made(database, tmp_path)
        program = Program(tmp_path, database, redis)
        try:
            for turn in range(3):
                killed_at_work(program, cluster, turn)
        finally:
            program.kill_all()


def killed_at_work(program: Program, cluster: PrivatePostgres, turn: int) -> None:
    from accounts.models import Person
    from payroll.models import Entry

    program.set_clock(AFTER_OCTOBER)
    if turn == 0:
        program.worker()
        program.beat()
    with Books.of(program, "") as books:
        Person.objects.update(base_salary=5000 + turn)
        program.hold(guards.HALF)
        run = books.request()
        wait_until(lambda: program.held(guards.HALF), what="half way")
        before = Entry.objects.count()
    cluster.stop("immediate")
    program.release(guards.HALF)
    cluster.start()
    with Books.of(program, "") as books:
        assert Entry.objects.count() >= before
        assert books.wait_finished(run, patience=120).state == "done"
        books.assert_settled()
