"""The roster of two weeks: made anew with the facts, ticked, confirmed (MEET-3, VIS-2)."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.models import Leave, Trip
from core import clock
from core.models import AuditRow
from core.months import Month
from payroll.models import Duty
from policy.models import CalendarDay
from reports.models import CleaningTurn
from reports.reminders import cleaning_tomorrow
from reports.services import (
    ChangedMeanwhile,
    ReportsRefused,
    cleaning_make,
    turn_confirm,
    turn_done,
    turn_give,
)
from reports.tests.conftest import HER_TEAM, user
from tests.builders import at
from tests.cast import (
    FINANCE,
    MANAGER,
    MATE,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
DAYS = [f"11-{n:02}" for n in (3, 4, 5, 6, 9, 10, 11, 12, 13, 16)]


def made(team: str = HER_TEAM) -> list[str]:
    rows = CleaningTurn.objects.filter(team=team).select_related("person")
    return [f"{row.on:%m-%d} {row.person.employee_no}" for row in rows.order_by("on")]


def who(team: str = HER_TEAM) -> list[str]:
    return [line.split()[1] for line in made(team)]


def owe(person, month: str) -> str:
    key = f"VIS-2/{person.employee_no}/{month}"
    Duty.objects.create(key=key, month=Month.parse(month), person=person, rule="VIS-2", points=9)
    return key


def on_leave(person, first: str, last: str, half: str = "am") -> Leave:
    days = {"start_on": date.fromisoformat(first), "end_on": date.fromisoformat(last)}
    return Leave.objects.create(
        person=person, type="personal", status="approved", start_half=half, end_half="pm", **days
    )


def test_two_weeks_a_turn_a_team_and_workday(people):
    assert cleaning_make() == 20
    assert made() == [f"{day} {(SHE, MATE)[n % 2]}" for n, day in enumerate(DAYS)]
    assert set(who("销售2组")) == {STRANGER}
    before = list(CleaningTurn.objects.order_by("pk").values())
    assert cleaning_make() == 0
    assert list(CleaningTurn.objects.order_by("pk").values()) == before


def test_before_work_begins_todays_turn_is_made_too(people):
    with clock.set_to(at("2026-11-02 08:59")):
        cleaning_make()
    assert made()[0] == f"11-02 {SHE}"


def test_of_a_morning_that_has_begun_nothing_is_changed(people):
    with clock.set_to(at("2026-11-02 00:20")):
        cleaning_make()
    on_leave(people[SHE], "2026-11-02", "2026-11-03")
    cleaning_make()
    assert made()[:3] == [f"11-02 {SHE}", f"11-03 {MATE}", f"11-04 {MATE}"]


def test_made_anew_when_somebody_goes_away_but_for_the_afternoon(people):
    cleaning_make()
    on_leave(people[SHE], "2026-11-03", "2026-11-03")
    on_leave(people[MATE], "2026-11-04", "2026-11-04", half="pm")
    Trip.objects.create(
        person=people[MATE], start_on=date(2026, 11, 6), end_on=date(2026, 11, 9), status="approved"
    )
    assert cleaning_make() > 0
    assert made()[:5] == [
        f"11-03 {MATE}", f"11-04 {SHE}", f"11-05 {MATE}", f"11-06 {SHE}", f"11-09 {SHE}",
    ]  # fmt: skip
    assert cleaning_make() == 0


def test_a_day_off_of_the_company_has_no_turn(people):
    cleaning_make()
    CalendarDay.objects.create(date=date(2026, 11, 4), is_workday=False)
    cleaning_make()
    assert [line[:5] for line in made()][:2] == ["11-03", "11-05"]


def test_whoever_owes_comes_first_the_oldest_first_and_each_duty_once(people):
    newer = owe(people[MATE], "2026-10")
    older = owe(people[MATE], "2026-08")
    cleaning_make()
    assert who()[:4] == [MATE, MATE, SHE, MATE]
    owed = CleaningTurn.objects.exclude(owed_for=None).order_by("on")
    assert [row.owed_for for row in owed] == [older, newer]
    assert cleaning_make() == 0
    with clock.set_to(at("2026-11-03 09:30")):
        turn_done(turn=owed[0], actor=user(MATE))
        Duty.objects.filter(key=newer).delete()  # the records were found after all
        cleaning_make()
    assert list(owed.values_list("owed_for", flat=True)) == [older]


def test_what_was_owed_and_not_done_is_owed_again_after_three_days(people):
    key = owe(people[SHE], "2026-10")
    cleaning_make()
    with clock.set_to(at("2026-11-06 00:20")):
        cleaning_make()
        assert CleaningTurn.objects.get(owed_for=key).on == date(2026, 11, 3)
    with clock.set_to(at("2026-11-07 00:20")):
        cleaning_make()
        assert CleaningTurn.objects.get(owed_for=key).on == date(2026, 11, 9)


def test_ticked_by_whoever_cleaned_confirmed_by_the_supervisor(people):
    cleaning_make()
    first = CleaningTurn.objects.filter(team=HER_TEAM).order_by("on")[0]
    with pytest.raises(ReportsRefused):
        turn_done(turn=first, actor=user(SHE))
    with clock.set_to(at("2026-11-03 09:10")):
        done = turn_done(turn=first, actor=user(SHE))
        assert turn_done(turn=done, actor=user(SHE)).version == done.version == 1
        with pytest.raises(ChangedMeanwhile):
            turn_done(turn=first, actor=user(SHE))
        assert turn_confirm(turn=done, actor=user(SUPERVISOR))
        again = CleaningTurn.objects.get(pk=done.pk)
        assert not turn_confirm(turn=again, actor=user(MANAGER))
    assert (again.standing, again.confirmed_by) == ("confirmed", user(SUPERVISOR))
    assert AuditRow.objects.filter(action="cleaning confirmed").count() == 1


def test_given_to_somebody_else_it_stays_theirs_and_what_was_owed_is_owed_on(people):
    key = owe(people[SHE], "2026-10")
    cleaning_make()
    first = CleaningTurn.objects.get(owed_for=key)
    turn_give(turn=first, person=people[MATE], reason="腰伤", actor=user(SUPERVISOR))
    cleaning_make()
    assert made()[:2] == [f"11-03 {MATE}", f"11-04 {SHE}"]
    assert CleaningTurn.objects.get(owed_for=key).on == date(2026, 11, 4)
    on_leave(people[MATE], "2026-11-03", "2026-11-03")
    cleaning_make()
    assert who()[0] == SHE


def test_reminded_on_the_evening_before_until_work_begins(people):
    cleaning_make()
    said = {}
    for when in ("2026-11-02 17:59", "2026-11-02 18:00", "2026-11-03 08:59", "2026-11-03 09:00"):
        now = at(when)
        with clock.set_to(now):
            found = [r for r in cleaning_tomorrow(now) if r.is_to_be_said(now)]
            said[when[5:]] = [(r.person.employee_no, r.key) for r in found]
    both = [(SHE, "cleaning/2026-11-03"), (STRANGER, "cleaning/2026-11-03")]
    assert {when: sorted(told) for when, told in said.items()} == {
        "11-02 17:59": [], "11-02 18:00": both, "11-03 08:59": both, "11-03 09:00": [],
    }  # fmt: skip


# Pages.


def test_on_the_desk_and_from_the_telephone(people):
    cleaning_make()
    assert "You clean tomorrow" in client_of(SHE).get("/").text
    assert "You clean tomorrow" not in client_of(MATE).get("/").text
    turn = CleaningTurn.objects.get(on=date(2026, 11, 3), team=HER_TEAM)
    with clock.set_to(at("2026-11-03 09:00")):
        assert "You clean today" in client_of(SHE).get("/").text
        sent = {"version": 0, "do": "done"}
        address = reverse("cleaning_done", args=[turn.pk])
        assert client_of(MATE).post(address, sent).status_code == 403
        assert client_of(STRANGER).post(address, sent).status_code == 404
        client_of(SHE).post(address, sent)
        assert "Cleaning to confirm" in client_of(SUPERVISOR).get("/").text
        assert client_of(SHE).post(address, {"version": 1, "do": "confirm"}).status_code == 403
        client_of(SUPERVISOR).post(reverse("cleaning"), {"do": "confirm", "row": [turn.pk]})
        assert CleaningTurn.objects.get(pk=turn.pk).confirmed_by == user(SUPERVISOR)
        assert "Cleaning to confirm" not in client_of(SUPERVISOR).get("/").text


@pytest.mark.parametrize(("which", "count"), [(SHE, 10), (STRANGER, 10), (MANAGER, 20)])
def test_the_roster_is_ones_own_teams(people, which, count):
    cleaning_make()
    assert CleaningTurn.objects.visible_to(user(which)).count() == count
    assert client_of(which).get(reverse("cleaning")).status_code == 200
    assert client_of(FINANCE).get(reverse("cleaning")).status_code == 403


def test_given_in_the_browser_within_the_team(people):
    cleaning_make()
    turn = CleaningTurn.objects.get(on=date(2026, 11, 3), team=HER_TEAM)
    address = reverse("cleaning_give", args=[turn.pk])
    browser = client_of(SUPERVISOR)
    for wrong in ({"person": people[STRANGER].pk}, {"version": 5}, {"reason": ""}):
        sent = {"version": 0, "person": people[MATE].pk, "reason": "腰伤", **wrong}
        browser.post(address, sent)
        assert CleaningTurn.objects.get(pk=turn.pk).person == people[SHE]
    browser.post(address, {"version": 0, "person": people[MATE].pk, "reason": "腰伤"})
    assert CleaningTurn.objects.get(pk=turn.pk).person == people[MATE]
