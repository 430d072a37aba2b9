"""The program makes the coming meetings of each series, once (MEET-1, TIME-4)."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from core.models import AuditRow, JobRun
from core.tasks import tick
from policy.models import CalendarDay
from reports.models import Meeting, MeetingSeries
from reports.services import (
    ChangedMeanwhile,
    ReportsRefused,
    meeting_call_off,
    meetings_make,
    point_add,
    series_add,
    series_change,
    series_end,
)
from reports.tasks import coming_run
from reports.tests.conftest import HER_TEAM, series_facts, user
from tests.builders import at
from tests.cast import MANAGER, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db


def days(**found) -> list[str]:
    rows = Meeting.objects.filter(**found).order_by("on")
    return [f"{row.on:%m-%d}" for row in rows]


def test_two_weeks_of_workdays_from_the_hour_that_is_yet_to_come(series):
    series()
    # It is 09:00 on the 2nd: today's has begun.
    assert days() == [f"11-{n:02}" for n in (3, 4, 5, 6, 9, 10, 11, 12, 13, 16)]
    first = Meeting.objects.order_by("on")[0]
    assert (first.title, first.team, first.place) == ("早会", HER_TEAM, "会议室")
    assert first.starts_at == at("2026-11-03 08:30")
    assert first.door is not None


def test_made_again_nothing_changes_and_each_day_brings_one_more(series):
    series()
    series(kind="saturday", title="周六总结会", weekday=5, starts=time(16, 0))
    before = list(Meeting.objects.order_by("pk").values())
    assert meetings_make() == 0
    assert list(Meeting.objects.order_by("pk").values()) == before
    with clock.set_to(at("2026-11-03 00:20")):
        assert meetings_make() == 1
        assert meetings_make() == 0
    assert days(kind="saturday") == ["11-07", "11-14"]


def test_one_form_sent_twice_begins_one_series(people):
    token = uuid4()
    for _n in range(2):
        series_add(facts=series_facts(), token=token, actor=user(MANAGER))
    assert MeetingSeries.objects.count() == 1
    assert AuditRow.objects.filter(action="series begun").count() == 1


def test_a_make_up_saturday_is_met_on_and_a_holiday_is_not(series):
    with clock.set_to(at("2026-09-28 07:00")):
        series(from_on=date(2026, 9, 1))
        series(kind="saturday", title="总结", weekday=5, from_on=date(2026, 9, 1))
    assert days(kind="morning") == ["09-28", "09-29", "09-30", "10-08", "10-09", "10-10", "10-12"]
    assert days(kind="saturday") == ["10-10"]


def test_the_companys_own_day_off_takes_what_nobody_touched(series):
    series()
    point_add(
        meeting=Meeting.objects.get(on=date(2026, 11, 4)), text="停电", token=uuid4(), actor=None
    )
    for n in (3, 4):
        CalendarDay.objects.create(date=date(2026, 11, n), is_workday=False)
    meetings_make()
    assert days()[:2] == ["11-04", "11-05"]


def test_coming_meetings_follow_a_change_and_those_called_off_stay_so(series):
    begun = series()
    off = Meeting.objects.get(on=date(2026, 11, 5))
    meeting_call_off(meeting=off, reason="展会", actor=user(MANAGER))
    facts = series_facts(starts=time(9, 0), title="晨会")
    changed = series_change(series=begun, facts=facts, actor=user(MANAGER))
    rows = {row.on.day: row for row in Meeting.objects.all()}
    assert rows[3].starts_at == at("2026-11-03 09:00")
    assert rows[3].title == "晨会"
    assert (rows[5].state, rows[5].title) == ("called_off", "早会")
    assert Meeting.objects.count() == 10
    with pytest.raises(ChangedMeanwhile):
        series_change(series=begun, facts=facts, actor=user(MANAGER))
    series_end(series=changed, until_on=date(2026, 11, 6), reason="合并", actor=user(MANAGER))
    assert days() == ["11-03", "11-04", "11-05", "11-06"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "saturday", "weekday": 4},
        {"kind": "weekly", "weekday": None},
        {"until_on": date(2026, 11, 1)},
    ],
)
def test_what_cannot_be_is_told_and_nothing_kept(people, wrong):
    with pytest.raises(ReportsRefused):
        series_add(facts=series_facts(**wrong), token=uuid4(), actor=user(MANAGER))
    assert not MeetingSeries.objects.exists()


def test_an_end_needs_its_reason(series):
    with pytest.raises(ReportsRefused):
        series_end(series=series(), until_on=date(2026, 11, 6), reason=" ", actor=None)


def test_the_daily_job_makes_them_and_says_how_many(series):
    series()
    with clock.set_to(at("2026-11-03 00:20")):
        tick()
        run = JobRun.objects.get(kind="coming")
        coming_run(run.pk)
        coming_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.outcome["meetings"]) == ("done", 1)


def test_the_manager_keeps_them_in_the_browser(people):
    browser = client_of(MANAGER)
    sent = {
        "token": str(uuid4()),
        "version": 0,
        "kind": "morning",
        "title": "早会",
        "team": HER_TEAM,
        "weekday": "",
        "starts": "08:30",
        "minutes": 20,
        "place": "",
        "chair": "",
        "from_on": "2026-11-02",
        "until_on": "",
    }
    assert browser.post(reverse("series_new"), sent).status_code == 302
    begun = MeetingSeries.objects.get()
    assert (begun.weekday, begun.until_on) == (None, None)
    address = reverse("series_one", args=[begun.pk])
    page = browser.get(address).text
    assert "早会" in page
    assert browser.post(address, {**sent, "starts": "09:00"}).status_code == 302
    # Seen before that change: told, and what was typed comes back.
    stale = browser.post(address, {**sent, "title": "旧题"})
    assert stale.status_code == 400
    assert "旧题" in stale.text
    stop = reverse("series_stop", args=[begun.pk])
    browser.post(stop, {"end-version": 1, "end-until_on": "2026-11-04", "end-reason": "合并"})
    assert MeetingSeries.objects.get().until_on == date(2026, 11, 4)
    assert client_of(SUPERVISOR).get(address).status_code == 403
    assert "早会" in client_of(SUPERVISOR).get(reverse("series")).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts", "25:00"),
        ("minutes", "0"),
        ("minutes", "1e9"),
        ("weekday", "7"),
        ("kind", "party"),
        ("team", "没有的组"),
        ("title", "\0"),
        ("title", ""),
        ("chair", "999999"),
        ("from_on", "0001-01-01"),
        ("token", "x"),
    ],
)
def test_bad_input_is_told_and_keeps_nothing(people, field, value):
    sent = {
        "token": str(uuid4()), "version": 0, "kind": "morning", "title": "早会", "team": "",
        "weekday": "", "starts": "08:30", "minutes": 20, "from_on": "2026-11-02",
    }  # fmt: skip
    answer = client_of(MANAGER).post(reverse("series_new"), {**sent, field: value})
    assert answer.status_code == 400
    assert not MeetingSeries.objects.exists()
