"""Messages that come twice, late, or to two workers at once."""

from tests.faults import guards
from tests.faults.books import Books
from tests.faults.servers import wait_until

AFTER_OCTOBER = "2026-11-01T00:01:00"
AN_HOUR_LATER = "2026-11-01T01:01:00"


def taken(books: Books) -> list[str]:
    """Which parts of the close workers took, in turn."""
    kept = books.program.folder / "taken"
    return kept.read_text().split() if kept.exists() else []


def sent_twice(books: Books) -> None:
    """A close all of whose messages come twice while it is at work, and again when it is done."""
    from core.jobs import jobs_send

    program = books.program
    program.set_clock(AFTER_OCTOBER)
    program.hold(guards.READ)
    run = books.request()
    jobs_send([run])
    for name in ("one", "two"):
        program.worker(name)
    wait_until(lambda: program.held(guards.READ), what="somebody reading")
    jobs_send(books.runs())
    program.release(guards.READ)
    assert books.wait_finished(run).state == "done"
    jobs_send(books.runs())
    # What is asked for afterwards is taken after all of those.
    other = books.request()
    assert other.pk != run.pk
    assert books.wait_finished(other).state == "done"


def test_a_message_that_comes_twice_is_done_once(launch):
    books = launch()
    sent_twice(books)
    assert len(taken(books)) == len(set(taken(books)))
    books.assert_undisturbed()


def test_control_without_the_claim_it_is_done_again(launch):
    books = launch(guards_off="claim")
    sent_twice(books)
    assert len(taken(books)) > len(set(taken(books)))


def test_a_message_that_comes_an_hour_late(launch):
    books = launch()
    books.program.set_clock(AFTER_OCTOBER)
    run = books.request()
    books.program.set_clock(AN_HOUR_LATER)
    books.program.worker()
    assert books.wait_finished(run).state == "done"
    books.assert_undisturbed()


def test_two_workers_share_a_close(launch):
    books = launch()
    books.program.set_clock(AFTER_OCTOBER)
    for name in ("one", "two"):
        books.program.worker(name)
    for _close in range(3):
        books.close()
    books.assert_undisturbed()
