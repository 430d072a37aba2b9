"""People are reminded of what is due: once each, and never when it is over."""

from datetime import timedelta

import pytest

from core import clock
from core.jobs import jobs_due
from core.models import JobRun
from notices.models import BoardNotice, Notice
from notices.reminders import Reminder
from notices.schedule import reminders as schedule
from notices.services import BoardText, board_post, reminders_send
from notices.tasks import reminders_run
from receivables.models import UnpaidDelivery
from tests.builders import at, day, loan, order
from tests.cast import SHE, STRANGER

pytestmark = pytest.mark.django_db
EIGHT = at("2026-11-12 08:00")  # the last day of what was lent on the 10th


def remind(now, settings=None):
    with clock.set_to(now):
        return reminders_send()["told"]


@pytest.fixture
def lent(people):
    return loan(people[SHE], lent="2026-11-10 10:00", returned=None, condition="")


def test_on_the_last_morning_goods_are_asked_for_once(people, lent):
    assert remind(EIGHT - timedelta(minutes=1)) == 0
    assert remind(EIGHT) == 1
    assert remind(EIGHT) == 0
    assert remind(EIGHT + timedelta(hours=2)) == 0
    notice = Notice.objects.get()
    assert (notice.person, notice.due) == (people[SHE], at("2026-11-12 23:59:59"))


def test_late_after_an_outage_but_not_when_it_is_over(people, lent):
    assert remind(at("2026-11-12 23:59")) == 1
    Notice.objects.all().delete()
    assert remind(at("2026-11-13 00:00")) == 0


def test_what_is_back_is_not_asked_for(people, lent):
    lent.returned_on = day("2026-11-11")
    lent.save()
    assert remind(EIGHT) == 0


def test_every_day_of_what_is_unpaid_and_once_a_day(people):
    for no, who in (("D1", SHE), ("D2", SHE), ("D3", STRANGER)):
        UnpaidDelivery.objects.create(
            order=order(people[who], order_no=no),
            delivered_on=day("2026-11-01"),
            amount=100,
            unpaid=100,
            reminded_on=day("2026-11-12"),
        )
    assert remind(EIGHT) == 2
    assert remind(EIGHT + timedelta(hours=1)) == 0
    assert Notice.objects.get(person=people[SHE]).said == "2 of your deliveries are unpaid"
    assert remind(EIGHT + timedelta(days=1)) == 2


def test_one_apps_trouble_keeps_no_other_from_reminding(people, lent, settings):
    settings.REMINDERS = ["notices.tests.test_reminders.broken", *settings.REMINDERS]
    with clock.set_to(EIGHT):
        outcome = reminders_send()
    assert outcome["told"] == 1
    assert outcome["wrong"] == {"notices.tests.test_reminders.broken": "ZeroDivisionError"}


def broken(_now):
    raise ZeroDivisionError


def test_a_reminder_is_for_its_time():
    one = Reminder(person=None, key="k", at=EIGHT, text="x", url="/", due=None)
    assert one.is_to_be_said(EIGHT)
    assert one.is_to_be_said(EIGHT + timedelta(days=400))
    assert not one.is_to_be_said(EIGHT - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("now", "due", "coming"),
    [
        ("06:59", [], "07:00"),
        ("07:00", ["07:00"], "07:30"),
        ("12:44", ["12:30"], "13:00"),
        ("21:30", ["21:30"], "07:00"),
        ("23:59", ["21:30"], "07:00"),
        ("00:10", [], "07:00"),
    ],
)
def test_when_people_are_reminded(people, now, due, coming):
    now = at(f"2026-11-12 {now}")
    found = [each.at for each in schedule(now)]
    assert [f"{clock.local(it):%H:%M}" for it in found if it <= now] == due
    assert [f"{clock.local(it):%H:%M}" for it in found if it > now] == [coming]


def test_the_job_runs_once_a_slot(people, lent):
    with clock.set_to(EIGHT):
        for _tick in range(3):
            jobs_due(now=EIGHT)
        run = JobRun.objects.get(kind="reminders")
        reminders_run(run.pk)
        reminders_run(run.pk)
    run.refresh_from_db()
    assert run.outcome == {"told": 1, "wrong": {}, "board": 0}


def test_the_board_is_told_of_when_its_day_comes(people):
    with clock.set_to(EIGHT):
        board_post(
            actor=people["L001"].user,
            said=BoardText("T", "x", shown_from=EIGHT + timedelta(hours=3)),
        )
    assert not Notice.objects.exists()
    with clock.set_to(EIGHT + timedelta(hours=3)):
        from notices.services import board_tell

        assert board_tell() == 1
        assert board_tell() == 0
    assert Notice.objects.count() == len(people)
    assert BoardNotice.objects.get().told_at
