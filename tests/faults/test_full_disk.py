"""The disk is full: it is said, nothing is half, and with room again the close completes.

On SQLite, whose disk a test can fill; not collected on PostgreSQL.
"""

import resource

import pytest

from tests.faults.books import Books
from tests.faults.servers import wait_until

AFTER_OCTOBER = "2026-11-01T00:35:00"


def fill_the_disk(books: Books, *, spare: int) -> None:
    """From now on the database may grow by that many pages."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (books.program.folder / "pages").write_text(str(cursor.fetchone()[0] + spare))


@pytest.mark.parametrize("spare", [0, 10, 40])
def test_a_full_disk_is_said_and_nothing_is_half(launch, spare):
    from payroll.models import Entry

    books = launch()
    books.program.set_clock(AFTER_OCTOBER)
    fill_the_disk(books, spare=spare)
    worker = books.program.worker()
    run = books.request()
    wait_until(lambda: worker.said("disk is full"), what=str(worker.log))
    assert not Entry.objects.exists()
    (books.program.folder / "pages").unlink()
    books.program.beat()
    books.wait_finished(run)
    if run.state == "failed":
        books.close()
    books.assert_undisturbed()


def test_a_worker_that_may_not_write_long_files(launch):
    """The operating system says no (RLIMIT_FSIZE), in the middle of a file."""
    books = launch()
    books.program.set_clock(AFTER_OCTOBER)
    limit = 96 * 1024
    worker = books.program.worker(
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    )
    run = books.request()
    wait_until(lambda: worker.said("Error"), what=str(worker.log))
    worker.kill()
    books.program.worker()
    books.program.beat()
    books.wait_finished(run)
    if run.state == "failed":
        books.close()
    books.assert_undisturbed()
