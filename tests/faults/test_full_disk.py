"""The disk is full: it is said, nothing is half, and with room again the close completes.

On SQLite, whose disk a test can fill; not collected on PostgreSQL.
"""

import resource
from typing import Any

import pytest

from tests.faults.books import Books
from tests.faults.ledger import wrong_with_the_books
from tests.faults.program import Started
from tests.faults.servers import wait_until

AFTER_OCTOBER = "2026-11-01T00:01:00"
MINUTES_LATER = "2026-11-01T00:06:00"


def fill_the_disk(books: Books, *, spare: int) -> None:
    """From now on the database may grow by that many pages."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (books.program.folder / "pages").write_text(str(cursor.fetchone()[0] + spare))


def cut_short(books: Books) -> Started:
    """A worker finds a message of which the disk took only half."""
    books.program.set_clock(AFTER_OCTOBER)
    worker = books.program.worker()
    messages = books.program.folder / "queue" / "messages"
    (messages / "0_half.celery.msg").write_text('{"body": "W1')
    wait_until(lambda: not list(messages.glob("0_half*")), what=books.told)
    return worker


def test_half_a_message_stops_nobody(launch):
    books = launch()
    worker = cut_short(books)
    books.close()
    assert worker.is_up
    books.assert_undisturbed()


def test_control_without_whole_messages_it_ends_the_worker(launch):
    worker = cut_short(launch(guards_off="whole"))
    wait_until(lambda: not worker.is_up, what=str(worker.log))


def completes(books: Books, run: Any) -> None:
    """There is room again, and time for the next try."""
    books.program.beat()
    books.program.set_clock(MINUTES_LATER)
    assert books.wait_finished(run).state == "done", run.error
    books.settle()
    books.assert_undisturbed()


def finds_no_room(books: Books, *, spare: int) -> Any:
    """A close is asked for that finds the disk full, and says so; gives its run."""
    books.program.set_clock(AFTER_OCTOBER)
    fill_the_disk(books, spare=spare)
    worker = books.program.worker()
    run = books.request()
    wait_until(lambda: worker.said("OperationalError"), what=books.told)
    # Every part has been tried once, and its pause begun, before the clock goes on.
    wait_until(lambda: 0 not in books.attempts_of_parts() and not books.at_work(), what=books.told)
    assert books.errors() == {"OperationalError"}
    return run


def assert_nothing_is_half(books: Books) -> None:
    """Groups that still found room are whole; the month is not called closed."""
    assert wrong_with_the_books() == []
    assert books.closed() == ()


@pytest.mark.parametrize("spare", [0, 10, 40])
def test_a_full_disk_is_said_and_nothing_is_half(launch, spare):
    books = launch()
    run = finds_no_room(books, spare=spare)
    assert_nothing_is_half(books)
    (books.program.folder / "pages").unlink()
    completes(books, run)


def test_control_without_a_transaction_half_is_on_the_disk(launch):
    books = launch(guards_off="transaction")
    finds_no_room(books, spare=10)
    with pytest.raises(AssertionError):
        assert_nothing_is_half(books)


# So much of SQLite's log is there when a job is taken, and when entries are being written.
TAKEN, WRITING = 96 * 1024, 512 * 1024


def may_not_write_long_files(books: Books, limit: int) -> Any:
    """The operating system says no (RLIMIT_FSIZE), in the middle of a file; gives the run."""
    books.program.set_clock(AFTER_OCTOBER)
    worker = books.program.worker(
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    )
    run = books.request()
    wait_until(lambda: worker.said("OperationalError"), what=books.told)
    worker.kill()
    return run


@pytest.mark.parametrize("limit", [TAKEN, WRITING])
def test_a_worker_that_may_not_write_long_files(launch, limit):
    books = launch()
    run = may_not_write_long_files(books, limit)
    assert_nothing_is_half(books)
    books.program.worker()
    completes(books, run)


def test_control_without_a_transaction_half_is_in_the_file(launch):
    books = launch(guards_off="transaction")
    may_not_write_long_files(books, WRITING)
    with pytest.raises(AssertionError):
        assert_nothing_is_half(books)
