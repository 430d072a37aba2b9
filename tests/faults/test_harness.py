"""The harness itself: a program started, closed and looked at; nothing happens to it."""

from accounts.models import Person
from payroll.groups import SIZE
from tests.faults.company import APART

AFTER_OCTOBER = "2026-11-01T00:01:00"


def test_the_company_is_spread_over_groups_and_has_something_to_lose(launch):
    assert APART == SIZE
    books = launch()
    books.program.set_clock(AFTER_OCTOBER)
    books.program.worker()
    books.close()
    assert len({pk // APART for pk in Person.objects.values_list("pk", flat=True)}) > 4
    rules = {row[4] for row in books.ledger().standing}
    assert {"ATT-2", "ATT-3", "CUT-2", "RES-1"} <= rules
    books.assert_undisturbed()
