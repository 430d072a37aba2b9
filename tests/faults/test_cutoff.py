"""The cutoff comes whether anybody is awake or not: on time, late, twice, on a clock that jumps."""

import pytest

from tests.browser import databases
from tests.faults import guards
from tests.faults.books import Books, undisturbed
from tests.faults.ledger import wrong_with_the_books
from tests.faults.servers import wait_until

CUTOFF = "2026-10-28T16:00:00"
SNAPSHOT_MONTH = "2026-10"


def cutoffs(books: Books) -> list:
    return books.runs("cutoff")


def wait_for_cutoff(books: Books) -> None:
    """The cutoff's run is there and done, and nothing else is under way."""
    wait_until(lambda: cutoffs(books), what=books.told)
    for run in cutoffs(books):
        assert books.wait_finished(run).state == "done", run.error
    books.settle()


def wait_for_ticks(books: Books) -> None:
    ticks = books.ticks()
    wait_until(lambda: books.ticks() > ticks + 5, what=books.told)


def snapshot(books: Books) -> list:
    """What the cutoff took down: who had handed in and who had not."""
    return [row for row in books.ledger().beside if row[0] == SNAPSHOT_MONTH and len(row) in (3, 5)]


def assert_one_cutoff(books: Books) -> None:
    assert [str(run.due_at) for run in cutoffs(books)] == ["2026-10-28 08:00:00+00:00"]
    books.assert_converged()
    assert snapshot(books) == snapshot_on_time(books)


def snapshot_on_time(books: Books) -> list:
    on_time = undisturbed(books.company, ((SNAPSHOT_MONTH, books.at(CUTOFF)),))
    return [row for row in on_time.beside if row[0] == SNAPSHOT_MONTH and len(row) in (3, 5)]


def awake_at_the_hour(books: Books) -> None:
    """Beat and worker are awake when the hour comes."""
    books.program.worker()
    books.program.set_clock("2026-10-28T15:59:50")
    books.program.beat()
    wait_until(lambda: books.runs("attendance"), what=books.told)
    wait_for_cutoff(books)


def test_on_time(launch):
    books = launch()
    awake_at_the_hour(books)
    assert cutoffs(books)[0].started_at >= books.at(CUTOFF)
    assert_one_cutoff(books)


def test_control_who_does_not_look_at_the_hour_comes_early(launch):
    books = launch(guards_off="hour")
    awake_at_the_hour(books)
    with pytest.raises(AssertionError):
        assert_one_cutoff(books)


def three_days_late(books: Books) -> None:
    books.program.worker()
    books.program.set_clock("2026-10-31T16:00:30")
    books.program.beat()


def test_three_days_late(launch):
    """Everything was off from before the cutoff until three days after it."""
    books = launch()
    three_days_late(books)
    wait_for_cutoff(books)
    assert_one_cutoff(books)


def beat_lost_what_it_knew(books: Books) -> None:
    """It forgets the hour that comes, and that it was asleep when it came."""
    program = books.program
    program.worker()
    program.set_clock("2026-10-28T15:50:00")
    beat = program.beat()
    wait_until(lambda: books.ticks() > 1, what=books.told)
    beat.kill()
    program.forget_schedule()
    program.set_clock("2026-10-28T16:20:00")
    program.beat()


def test_beat_lost_what_it_knew(launch):
    books = launch()
    beat_lost_what_it_knew(books)
    wait_for_cutoff(books)
    assert_one_cutoff(books)


@pytest.mark.parametrize("missed", [three_days_late, beat_lost_what_it_knew])
def test_control_a_schedule_in_beats_head_forgets_it(launch, missed):
    books = launch(guards_off="schedule")
    missed(books)
    wait_for_ticks(books)
    assert not cutoffs(books)


def two_beats(books: Books) -> None:
    """Both send ticks before the hour, while the cutoff is at work, and when it is done."""
    program = books.program
    program.set_clock("2026-10-28T15:50:00")
    for name in ("one", "two"):
        program.worker(name)
    for name in ("one", "two"):
        program.beat(name)
    wait_until(lambda: books.runs("attendance"), what=books.told)
    books.settle()
    program.hold(guards.READ_ALL)
    program.set_clock("2026-10-28T15:59:58")
    wait_until(lambda: program.held(guards.READ_ALL), what=books.told)
    program.let_pass(guards.READ_ALL)
    wait_for_ticks(books)
    program.release(guards.READ_ALL)
    wait_for_cutoff(books)
    wait_for_ticks(books)


def test_two_beats_at_once(launch):
    books = launch()
    two_beats(books)
    assert_one_cutoff(books)


def test_control_nothing_says_that_it_is_made_already(launch):
    books = launch(guards_off="once")
    two_beats(books)
    assert len(cutoffs(books)) > 1


def clock_jumps(books: Books) -> None:
    """Two days ahead, past the cutoff; back before it, where a close is asked for; and on."""
    program = books.program
    program.worker()
    program.set_clock("2026-10-27T12:00:00")
    program.beat()
    wait_until(lambda: books.runs("attendance"), what=books.told)
    books.settle()
    program.set_clock("2026-10-29T12:00:00")
    wait_for_cutoff(books)
    program.set_clock("2026-10-27T13:00:00")
    books.close()
    books.settle()


def test_the_clock_jumps_ahead_and_back(launch):
    books = launch()
    clock_jumps(books)
    books.assert_converged()
    books.program.set_clock("2026-10-28T15:59:57")
    wait_for_ticks(books)
    books.settle()
    assert_one_cutoff(books)


def test_control_a_close_by_its_own_clock_alone_takes_the_cutoff_back(launch):
    books = launch(guards_off="latest")
    clock_jumps(books)
    with pytest.raises(AssertionError):
        books.assert_converged()


# Writing with the write lock in one's hands keeps everybody else on SQLite from taking anything.
POINTS = [guards.READ, guards.HALF] if databases.is_postgres() else [guards.READ]


def two_at_the_same_part(books: Books, point: str) -> None:
    """A worker in the middle of a part is taken for dead when the clock jumps; another one does
    the part, and then the first one goes on."""
    program = books.program
    program.set_clock("2026-10-31T12:00:00")
    for held in (point, guards.PULSE):
        program.hold(held)
    one = program.worker("one", slots=1)
    run = books.request()
    wait_until(lambda: program.held(point), what=books.told)
    (part,) = (part for part in books.runs("close_group") if part.state == "running")
    for held in (point, guards.PULSE):
        program.let_pass(held)
    program.set_clock("2026-10-31T12:10:00")
    # One that starts looks for who is dead, as a tick does. No tick: the closes that are due would
    # come after and put right what two did.
    program.worker("two")
    if point == guards.READ:
        assert books.wait_finished(part).state == "done"
    else:  # the other one waits for the group to be let go
        wait_until(lambda: books.attempts([part.pk]) == {2}, what=books.told)
    for held in (point, guards.PULSE):
        program.release(held)
    wait_until(lambda: one.is_idle, what=books.told)
    if point == guards.HALF:
        # Who waited too long for the other's rows tries again after its pause.
        program.set_clock("2026-10-31T12:20:00")
        program.beat()
    assert books.wait_finished(run).state == "done"
    books.settle()
    assert min(books.attempts([part.pk])) > 1


@pytest.mark.parametrize("point", POINTS)
def test_the_clock_jumps_while_a_close_is_at_work(launch, point):
    """Everybody at work is taken for dead; what two do then is done once."""
    books = launch()
    two_at_the_same_part(books, point)
    books.assert_converged()


def test_control_without_the_version_two_post_the_same_part(launch):
    """Either of version and unique key would do."""
    books = launch(guards_off="version")
    books.drop_index("entry_once")
    two_at_the_same_part(books, guards.READ)
    assert [problem for problem in wrong_with_the_books() if "stands 2 times" in problem]


def test_the_month_ends(launch):
    """October is closed by itself on the first at half past midnight, and November begun."""
    books = launch()
    books.program.worker()
    books.program.set_clock("2026-10-28T16:05:00")
    books.program.beat()
    wait_for_cutoff(books)
    assert not books.runs("month_end")
    books.program.set_clock("2026-11-01T00:29:58")
    wait_until(lambda: books.runs("month_end"), what=books.told)
    books.settle()
    assert [(run.subject, run.state) for run in books.runs("month_end")] == [("2026-10", "done")]
    assert {month for month, _ in books.closed()} == {"2026-10", "2026-11"}
    books.assert_converged()
