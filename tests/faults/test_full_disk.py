"""The disk is full: it is said, nothing is half, and with room again the close completes.

On SQLite, whose disk a test can fill; not collected on PostgreSQL.
"""

import resource
from typing import Any

import pytest

from tests.faults.books import Books
from tests.faults.ledger import wrong_with_the_books
from tests.faults.servers import wait_until

AFTER_OCTOBER = "2026-11-01T00:01:00"
MINUTES_LATER = "2026-11-01T00:06:00"


def fill_the_disk(books: Books, *, spare: int) -> None:
    """From now on the database may grow by that many pages."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (books.program.folder / "pages").write_text(str(cursor.fetchone()[0] + spare))


def completes(books: Books, run: Any) -> None:
    """There is room again, and time for the next try."""
    books.program.beat()
    books.program.set_clock(MINUTES_LATER)
    assert books.wait_finished(run).state == "done", run.error
    books.settle()
    books.assert_undisturbed()


@pytest.mark.parametrize("spare", [0, 10, 40])
def test_a_full_disk_is_said_and_nothing_is_half(launch, spare):
    books = launch()
    books.program.set_clock(AFTER_OCTOBER)
    fill_the_disk(books, spare=spare)
    worker = books.program.worker()
    run = books.request()
    wait_until(lambda: worker.said("OperationalError"), what=str(worker.log))
    wait_until(lambda: books.errors() == {"OperationalError"}, what="what the page says")
    # Groups that still found room are whole; the month is not called closed.
    assert wrong_with_the_books() == []
    assert books.closed() == ()
    (books.program.folder / "pages").unlink()
    completes(books, run)


def test_a_worker_that_may_not_write_long_files(launch):
    """The operating system says no (RLIMIT_FSIZE), in the middle of a file."""
    books = launch()
    books.program.set_clock(AFTER_OCTOBER)
    limit = 96 * 1024
    worker = books.program.worker(
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    )
    run = books.request()
    wait_until(lambda: worker.said("OperationalError"), what=str(worker.log))
    worker.kill()
    books.program.worker()
    completes(books, run)
