"""Every figure of the leader's page is a direct sum over facts and ledger, and opens its records:
in worked months. The made-up company's is held so in `test_demo`."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from accounts.models import Person, User
from core import clock
from core.months import Month
from receivables.services.unpaid import unpaid_converge
from tests.builders import at
from tests.leaders_page import leaders_page_check
from tests.oracle.generator import generate
from tests.worked import SAMPLE, close, load

pytestmark = pytest.mark.django_db
READER = "READER"
OCTOBER = Month.parse("2026-10")
AFTER = datetime(2026, 11, 1, 0, 30)  # noqa: DTZ001


def worked(folder: Path) -> set[str]:
    load(folder)
    close("2026-10", AFTER)
    with clock.set_to(at("2026-11-02 09:00")):
        # As the daily job does, some of it days later.
        for days in (0, 1):
            unpaid_converge(as_of=OCTOBER.last_day + timedelta(days=1 + days))
        reader_make()
        return leaders_page_check(READER, OCTOBER) | leaders_page_check(READER, OCTOBER.next())


def reader_make() -> None:
    who = Person.objects.create(
        employee_no=READER, name="吕桂建", roles="leader", hired_on=OCTOBER.first_day, channel=""
    )
    User.objects.create(username=READER, person=who)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the company's sample month is not beside us")
def test_of_the_sample_month():
    above_nothing = worked(SAMPLE)
    assert {"money", "signed", "overdue", "visits", "charges-ATT-2"} <= above_nothing


def test_of_a_generated_month(tmp_path: Path):
    generate(tmp_path, month="2026-10", seed=3, people=12)
    above_nothing = worked(tmp_path)
    assert {"money", "overdue", "visits", "charges-ATT-2"} <= above_nothing
