"""From the line of a late fine to its explanation, in one tap (ATT-1, ATT-2)."""

import pytest
from django.urls import reverse

from accounts.models import Person
from attendance.models import Excuse, Punch
from core import clock
from core.months import Month
from payroll.models import Entry, PayMonth
from payroll.services import month_close
from tests.builders import at, day
from tests.cast import MANAGER, SHE, client_of

pytestmark = pytest.mark.django_db
NOVEMBER = Month(2026, 11)
MONDAY, TUESDAY = "2026-11-02", "2026-11-03"
EXPLAIN = "/days/explain/"
KEY = f"ATT-2/{SHE}/{MONDAY}/in"
FORM = f"{EXPLAIN}?date={MONDAY}&amp;side=in"


@pytest.fixture
def her(people) -> Person:
    """Late on Monday, absent on Tuesday; the month so far was closed on Wednesday."""
    for hour in ("09:30", "18:00"):
        Punch.objects.create(person=people[SHE], at=at(f"{MONDAY} {hour}"))
    with clock.set_to(at("2026-11-04 10:00")):
        month_close(month=NOVEMBER, as_of=clock.now())
        yield people[SHE]


def why(who: str = SHE, key: str = KEY) -> str:
    entry = Entry.objects.standing().get(key=key)
    return client_of(who).get(reverse("entry_why", args=[entry.pk])).text


def so_far() -> str:
    address = reverse("so_far_why", args=[NOVEMBER, SHE])
    return client_of(SHE).get(address, {"key": KEY}).text


def excuse(her: Person, status: str) -> Excuse:
    return Excuse.objects.create(person=her, date=day(MONDAY), side="in", status=status)


def test_her_own_fine_leads_to_the_form_of_that_day_and_side(her):
    assert FORM in why()
    assert FORM in so_far()
    page = client_of(SHE).get(FORM.replace("&amp;", "&")).text
    assert f'value="{MONDAY}"' in page


def test_nobody_elses_does_and_no_other_charge(her):
    assert FORM not in why(MANAGER)
    assert EXPLAIN not in why(key=f"ATT-4/{SHE}/{TUESDAY}")


@pytest.mark.parametrize(
    ("status", "again"),
    [("pending", False), ("accepted", False), ("rejected", True), ("withdrawn", True)],
)
def test_what_was_said_is_one_tap_away(her, status, again):
    row = excuse(her, status)
    page = why()
    assert reverse("asked", args=["explanations", row.pk]) in page
    assert (FORM in page) == again


def test_in_a_final_month_it_is_too_late(her):
    PayMonth.objects.filter(month=NOVEMBER).update(state=PayMonth.State.FINAL, final_at=clock.now())
    assert FORM not in why()


def test_an_entry_that_was_taken_back_is_explained_no_more(her):
    entry = Entry.objects.standing().get(key=KEY)
    excuse(her, "accepted")
    month_close(month=NOVEMBER, as_of=clock.now())
    page = client_of(SHE).get(reverse("entry_why", args=[entry.pk])).text
    assert EXPLAIN not in page
