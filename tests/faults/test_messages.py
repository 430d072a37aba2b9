"""Messages that come twice, late, or to two workers at once."""

import pytest

from tests.faults import guards
from tests.faults.books import Books
from tests.faults.ledger import wrong_with_the_books
from tests.faults.servers import wait_until

AFTER_OCTOBER = "2026-11-01T00:01:00"
AN_HOUR_LATER = "2026-11-01T01:01:00"


def taken(books: Books) -> list[str]:
    """Which parts of the close workers took, in turn."""
    kept = books.program.folder / "taken"
    return kept.read_text().split() if kept.exists() else []


def each_once(books: Books) -> bool:
    return bool(taken(books)) and len(taken(books)) == len(set(taken(books)))


def sent_again(books: Books) -> None:
    """Every message comes once more, and has been dealt with when this returns."""
    from core.jobs import jobs_send

    received = books.received()
    jobs_send(books.runs())
    wait_until(lambda: books.received() >= received + len(books.runs()), what=books.told)
    wait_until(lambda: all(one.is_idle for one in books.workers()), what=books.told)


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
    wait_until(lambda: program.held(guards.READ), what=books.told)
    jobs_send(books.runs())
    program.release(guards.READ)
    assert books.wait_finished(run).state == "done"
    sent_again(books)


def test_a_message_that_comes_twice_is_done_once(launch):
    books = launch()
    sent_twice(books)
    assert each_once(books)
    books.assert_undisturbed()


def test_control_without_the_claim_it_is_done_again(launch):
    books = launch(guards_off="claim")
    sent_twice(books)
    assert not each_once(books)


def an_hour_late(books: Books) -> None:
    """A message waits for a worker for an hour; and when all is done, they all come once more."""
    books.program.set_clock(AFTER_OCTOBER)
    run = books.request()
    books.program.set_clock(AN_HOUR_LATER)
    books.program.worker()
    assert books.wait_finished(run).state == "done"
    books.program.set_clock("2026-11-01T02:01:00")
    sent_again(books)


def test_a_message_that_comes_an_hour_late(launch):
    books = launch()
    an_hour_late(books)
    assert each_once(books)
    books.assert_undisturbed()


def test_control_without_the_claim_an_hour_makes_it_new(launch):
    books = launch(guards_off="claim")
    an_hour_late(books)
    assert not each_once(books)


def test_two_workers_share_a_close(launch):
    """Both are at work at the same moment, each at a part of its own."""
    books = launch()
    program = books.program
    program.set_clock(AFTER_OCTOBER)
    program.hold(guards.READ)
    for name in ("one", "two"):
        program.worker(name, slots=1)
    run = books.request()
    wait_until(lambda: program.held(guards.READ) == 2, what=books.told)
    program.release(guards.READ)
    assert books.wait_finished(run).state == "done"
    assert len({part.worker for part in books.runs("close_group")}) == 2
    assert each_once(books)
    books.assert_undisturbed()


def two_at_one_part(books: Books) -> None:
    """A worker holds what it has read; another is sent the same part, and the first goes on."""
    from core.jobs import jobs_send

    program = books.program
    program.set_clock(AFTER_OCTOBER)
    program.hold(guards.READ)
    slow = program.worker("one", slots=1)
    run = books.request()
    wait_until(lambda: program.held(guards.READ), what=books.told)
    program.let_pass(guards.READ)
    jobs_send([part for part in books.runs("close_group") if part.state == "running"])
    quick = program.worker("two", slots=1)
    # All but the one that is held, and that one in the end.
    parts = len(books.runs("close_group"))
    wait_until(lambda: quick.received() >= parts and quick.is_idle, what=books.told)
    program.release(guards.READ)
    wait_until(lambda: slow.is_idle, what=books.told)
    assert books.wait_finished(run).state == "done"


@pytest.mark.parametrize("off", ["", "claim"])
def test_two_workers_at_one_part(launch, off):
    """The claim keeps the second away; without it the ledger converges all the same."""
    books = launch(guards_off=off)
    two_at_one_part(books)
    assert each_once(books) == (not off)
    books.assert_undisturbed()


def test_control_without_claim_and_version_two_workers_post_it_twice(launch):
    books = launch(guards_off="claim version")
    books.drop_index("entry_once")
    two_at_one_part(books)
    assert [problem for problem in wrong_with_the_books() if "stands 2 times" in problem]
