"""What a close remembers is what it posted, and what it posted is what it read.

A later close goes by the memory of an earlier one and skips what did not change. If a memory could
outlive a post that was lost, or know of facts that were not read, the ledger would stay wrong.
"""

from decimal import Decimal

import pytest

from tests.faults import guards
from tests.faults.books import Books
from tests.faults.company import APART
from tests.faults.servers import wait_until

AFTER_OCTOBER = "2026-11-01T00:01:00"
MINUTES_LATER = "2026-11-01T00:06:00"
HER_PAY = Decimal("9876.00")


def killed_around_the_memory(books: Books, point: str) -> None:
    """A second close, on other facts, whose worker dies between a post and its commit; another
    one finishes it."""
    from accounts.models import Person

    program = books.program
    program.set_clock(AFTER_OCTOBER)
    worker = program.worker(slots=1)
    books.close()
    Person.objects.salespeople().update(base_salary=HER_PAY)
    program.hold(point)
    run = books.request()
    wait_until(lambda: program.held(point), what=books.told)
    worker.kill()
    program.release(point)
    program.set_clock(MINUTES_LATER)
    program.worker()
    assert books.wait_finished(run).state == "done"
    books.settle()


@pytest.mark.parametrize("point", [guards.POSTED, guards.REMEMBERED])
def test_killed_between_the_post_and_its_commit(launch, point):
    books = launch()
    killed_around_the_memory(books, point)
    assert HER_PAY in books.base_pay()
    books.assert_settled()


def test_control_a_memory_that_is_committed_first_lies(launch):
    books = launch(guards_off="one-commit")
    killed_around_the_memory(books, guards.REMEMBERED)
    with pytest.raises(AssertionError):
        books.assert_settled()


def paid_otherwise_while_it_reads(books: Books) -> None:
    """Somebody's salary changes when a close has read her group; a second close comes after."""
    from accounts.models import Person

    program = books.program
    program.set_clock(AFTER_OCTOBER)
    program.hold(guards.READ)
    program.worker(slots=1)
    run = books.request()
    wait_until(lambda: program.held(guards.READ), what=books.told)
    (part,) = (part for part in books.runs("close_group") if part.state == "running")
    group = int(part.subject.split("/")[1])
    her = Person.objects.salespeople().filter(
        id__range=(group * APART, group * APART + APART - 1), left_on=None
    )
    Person.objects.filter(pk=her.order_by("hired_on").first().pk).update(base_salary=HER_PAY)
    program.release(guards.READ)
    assert books.wait_finished(run).state == "done"
    assert HER_PAY not in books.base_pay(), "she was read after the change"
    books.close()


def test_a_fact_that_changes_after_it_was_read_is_found_by_the_next_close(launch):
    books = launch()
    paid_otherwise_while_it_reads(books)
    assert HER_PAY in books.base_pay()
    books.assert_settled()


def test_control_a_memory_of_what_was_not_read_hides_it(launch):
    books = launch(guards_off="snapshot-memory")
    paid_otherwise_while_it_reads(books)
    assert HER_PAY not in books.base_pay()
    with pytest.raises(AssertionError):
        books.assert_settled()
