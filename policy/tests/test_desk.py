"""What the policy puts on the desk: coming versions for all, drafts and the calendar for some."""

from datetime import date

import pytest

from accounts.models import User
from core import clock
from policy.desk import desk
from policy.models import CalendarDay, PolicyParameter
from policy.services import draft_make
from tests.builders import at
from tests.cast import FINANCE, LEADER, MANAGER, PERSONNEL, SHE

pytestmark = pytest.mark.usefixtures("people")


def cards(who: str) -> dict[str, list[str]]:
    return {
        panel.key: [str(one.text) for one in panel.context["waiting"]]
        for panel in desk(User.objects.get(username=who))
    }


@pytest.mark.parametrize("who", [SHE, FINANCE, MANAGER])
@pytest.mark.parametrize(
    ("today", "is_told"),
    [("2026-11-01", False), ("2026-11-02", True), ("2026-11-15", True), ("2026-11-16", False)],
)
def test_new_rules_are_told_to_all_a_fortnight_before(who, today, is_told):
    PolicyParameter.objects.create(
        effective_on=date(2026, 11, 16), parameter="late_fine", value="8"
    )
    with clock.set_to(at(f"{today} 09:00")):
        assert ("rules-coming" in cards(who)) is is_told


def test_drafts_wait_for_whoever_puts_them_in_force():
    assert "policy-drafts" not in cards(LEADER)
    draft_make(
        actor=User.objects.get(username=FINANCE), name="winter", effective_on=date(2026, 11, 16)
    )
    for who in (LEADER, MANAGER):
        assert cards(who)["policy-drafts"] == ["winter"]
    for who in (FINANCE, PERSONNEL, SHE):
        assert "policy-drafts" not in cards(who)


@pytest.mark.parametrize(
    ("today", "is_told"), [("2026-10-31", False), ("2026-11-01", True), ("2027-03-01", True)]
)
def test_personnel_is_told_of_a_year_without_make_up_workdays(today, is_told):
    with clock.set_to(at(f"{today} 09:00")):
        assert ("calendar-provisional" in cards(PERSONNEL)) is is_told
        assert "calendar-provisional" not in cards(SHE)


def test_once_they_are_entered_nobody_is_told():
    CalendarDay.objects.create(date=date(2027, 1, 3), is_workday=True, note="补班")
    assert "calendar-provisional" not in cards(PERSONNEL)


def test_the_desk_asks_little(django_assert_max_num_queries):
    user = User.objects.select_related("person").get(username=MANAGER)
    with django_assert_max_num_queries(4):
        list(desk(user))
