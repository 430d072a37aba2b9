"""The last weekly reports on a person's page: for whom they are meant, as they stand (REP-1)."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Person
from core import clock
from reports.reads.weekly_lately import weeks_lately
from reports.services import WeeklyText, weekly_hand_in, weekly_return, weekly_save
from reports.tests.conftest import user
from tests.builders import at
from tests.cast import (
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
WEEK, BEFORE = date(2026, 10, 26), date(2026, 10, 19)  # it is Monday, 2 November 2026, 09:00
SAID = WeeklyText(summary="拜访八家", plan="去北仑")


def panel(who, whose=SHE):
    return client_of(who).get(reverse("person_panel", args=[whose, "weekly"]))


def weeks(who, whose=SHE):
    person = Person.objects.get(employee_no=whose)
    return [(each.monday, each.standing, each.is_late) for each in weeks_lately(user(who), person)]


def hand_in(week=WEEK):
    her = user(SHE).person
    said = {"person": her, "monday": week, "text": SAID, "seen": -1, "token": uuid4()}
    return weekly_hand_in(**said, actor=user(SHE))


def test_it_is_for_themselves_who_leads_them_and_the_heads(people):
    everybody = {SHE, MATE, STRANGER, SUPERVISOR, OTHER_SUPERVISOR, MANAGER, LEADER}
    seeing = {who for who in everybody | {PERSONNEL, FINANCE} if panel(who).status_code == 200}
    assert seeing == {SHE, SUPERVISOR, MANAGER, LEADER}
    assert panel(MANAGER, whose=FINANCE).status_code == 404  # who writes none


def test_each_week_as_it_stands(people):
    Person.objects.filter(employee_no=SHE).update(hired_on=date(2026, 10, 12))
    hand_in(BEFORE)  # due a week ago
    assert weeks(SUPERVISOR) == [
        (WEEK, "waiting", False),
        (BEFORE, "handed_in", True),
        (date(2026, 10, 12), "missing", False),
    ]
    report = hand_in()
    weekly_return(report=report, reason="x", actor=user(SUPERVISOR))
    assert weeks(SUPERVISOR)[0] == (WEEK, "returned", False)
    said = panel(SUPERVISOR).text
    assert reverse("weekly_report", args=[report.pk]) in said
    assert "拜访八家" not in said


def test_it_is_missing_from_the_last_instant_on(people):
    with clock.set_to(at("2026-11-03 00:00")):
        assert weeks(SUPERVISOR)[0] == (WEEK, "waiting", False)
    with clock.set_to(at("2026-11-03 00:00:01")):
        assert weeks(SUPERVISOR)[0] == (WEEK, "missing", False)


def test_a_draft_is_ones_own(people):
    her = user(SHE).person
    weekly_save(person=her, monday=WEEK, text=SAID, seen=-1, token=uuid4())
    assert weeks(SHE)[0] == (WEEK, "draft", False)
    assert weeks(SUPERVISOR)[0] == (WEEK, "waiting", False)


def test_a_week_that_cannot_be_handed_in_yet_is_not_there(people):
    with clock.set_to(at("2026-11-05 23:59")):
        assert weeks(SHE)[0][0] == WEEK
    with clock.set_to(at("2026-11-06 00:00")):
        assert weeks(SHE)[0] == (date(2026, 11, 2), "waiting", False)
