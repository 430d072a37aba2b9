"""Who is reminded of what meetings decided, of cleaning, trainings and the weekly report (MEET,
TRAIN, REP-1)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from core.templatetags.house import day, moment
from notices.reminders import Reminder
from policy.querysets import policy_book, workdays
from reports.models import CleaningTurn, Enrolment, MeetingDecision, Training, WeeklyReport
from reports.reads.weekly_board import owing
from reports.rules.weekly import due_at, mondays_due

SAID_AT = time(8, 0)
EVENING = time(18, 0)
REPORT_SAID_AT = (time(9, 0), time(17, 0))
STALE = timedelta(days=30)  # what is overdue longer is no news


def decisions_due(now: datetime) -> Iterator[Reminder]:
    """On the morning of the day: who has to do it."""
    today = clock.local_date(now)
    rows = MeetingDecision.objects.filter(done_at=None, due_on=today)
    for row in rows.select_related("owner").order_by("pk"):
        yield Reminder(
            person=row.owner,
            key=f"decision/{row.pk}/due/{row.due_on}",
            at=clock.at(today, SAID_AT),
            text=gettext_noop("Due today: %(text)s"),
            values={"text": row.text},
            url=reverse("decision", args=[row.pk]),
            due=clock.end_of(today) - timedelta(seconds=1),
        )


def decisions_overdue(now: datetime) -> Iterator[Reminder]:
    """On the morning after: the chair, or the manager where there is none, hears what is not
    done."""
    today = clock.local_date(now)
    rows = MeetingDecision.objects.filter(
        done_at=None, due_on__lt=today, due_on__gte=today - STALE
    ).select_related("owner", "meeting__chair")
    heads: list[Person] | None = None
    for row in rows.order_by("pk"):
        if row.meeting.chair is not None:
            told = [row.meeting.chair]
        else:
            heads = heads if heads is not None else list(Person.objects.acting_as("manager", today))
            told = heads
        for person in told:
            yield Reminder(
                person=person,
                key=f"decision/{row.pk}/overdue/{row.due_on}",
                at=clock.at(row.due_on + timedelta(days=1), SAID_AT),
                text=gettext_noop("%(name)s has not done in time: %(text)s"),
                values={"name": row.owner.name, "text": row.text},
                url=reverse("decision", args=[row.pk]),
            )


def cleaning_tomorrow(now: datetime) -> Iterator[Reminder]:
    """On the evening before, until work begins: who cleans in the morning."""
    today = clock.local_date(now)
    days = (today, today + timedelta(days=1))
    rows = CleaningTurn.objects.filter(on__in=days, done_at=None).select_related("person")
    book = policy_book()
    for row in rows.order_by("pk"):
        yield Reminder(
            person=row.person,
            key=f"cleaning/{row.on}",
            at=clock.at(row.on - timedelta(days=1), EVENING),
            text=gettext_noop("You clean the office on the morning of %(day)s"),
            values={"day": day(row.on)},
            url=reverse("cleaning_turn", args=[row.pk]),
            due=clock.at(row.on, book.on(row.on).work_start),
        )


def trainings_tomorrow(now: datetime) -> Iterator[Reminder]:
    """On the morning of the day before: who is enrolled."""
    today = clock.local_date(now)
    rows = Enrolment.objects.filter(
        withdrawn_at=None,
        training__state=Training.State.PLANNED,
        training__starts_at__gt=now,
        training__starts_at__lt=clock.end_of(today + timedelta(days=1)),
    )
    for row in rows.select_related("person", "training").order_by("pk"):
        begins = row.training.starts_at
        yield Reminder(
            person=row.person,
            key=f"training/{row.training_id}/{clock.local_date(begins)}",
            at=clock.at(clock.local_date(begins) - timedelta(days=1), SAID_AT),
            text=gettext_noop("Training %(title)s begins at %(when)s"),
            values={"title": row.training.title, "when": moment(begins)},
            url=reverse("training", args=[row.training_id]),
            due=begins,
        )


def weekly_due(now: datetime) -> Iterator[Reminder]:
    """At 09:00 and at 17:00 of the day on which it is due: who has not handed it in. One query a
    week that is due; on other days none."""
    today, calendar = clock.local_date(now), workdays()
    begun = [wall for wall in REPORT_SAID_AT if clock.at(today, wall) <= now]
    if not begun:
        return
    for monday in mondays_due(today, today, calendar):
        came = WeeklyReport.objects.filter(
            person=OuterRef("pk"), monday=monday, handed_in_at__isnull=False
        )
        due = due_at(monday, calendar) - timedelta(seconds=1)
        for person in owing(monday).here_on(today).filter(~Exists(came)).order_by("pk"):
            yield Reminder(
                person=person,
                key=f"weekly/{monday}/due/{today}/{begun[-1]:%H}",
                at=clock.at(today, begun[-1]),
                text=gettext_noop("The weekly report from %(day)s is due today by 24:00"),
                values={"day": day(monday)},
                url=reverse("weekly_write", args=[monday]),
                due=due,
            )
