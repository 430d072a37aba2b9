"""Who is reminded of appraisals and activities that wait for them (KPI-1, PLAN-1).

The documents give none of this a last day: who has not acted some days on is told once.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_noop

from accounts.deciding import deciders_by_person
from accounts.models import Person, User
from core import clock
from core.permissions import Decision
from notices.reminders import Reminder
from performance.models import Activity, Appraisal
from performance.permissions import can_approve_activity, can_decide
from performance.rules.periods import Period

SAID_AT = time(8, 0)
TALKED_WITHIN = timedelta(days=14)  # of a quarter that is over
ANSWERED_WITHIN = timedelta(days=3)
DECIDED_WITHIN = timedelta(days=2)
STALE = timedelta(days=30)  # what waits longer is no news
HEADS = ("manager", "leader", "admin")


def talks_waiting(now: datetime) -> Iterator[Reminder]:
    """Two weeks after a quarter: who has not talked all of its appraisals over with their people;
    once for all of them. Nothing of whose they are: an inbox is seen over a shoulder."""
    quarter = Period.quarter_of(clock.local_date(now)).previous()
    said_on = quarter.last_day + TALKED_WITHIN
    if not said_on <= clock.local_date(now) <= said_on + STALE:
        return
    drafts = Appraisal.objects.filter(quarter=str(quarter), state=Appraisal.State.DRAFT)
    people = Person.objects.filter(appraisals__in=drafts.order_by().values("pk"))
    waiting = deciders_by_person(people.select_related("supervisor").order_by("pk"))
    asked = {each.pk: each for deciders in waiting.values() for each in deciders}
    query = urlencode({"quarter": str(quarter), "state": Appraisal.State.DRAFT.value})
    for person in asked.values():
        yield Reminder(
            person=person,
            key=f"appraisal/{quarter}/talks",
            at=clock.at(said_on, SAID_AT),
            text=gettext_noop("Appraisals of %(quarter)s are still to be talked over"),
            values={"quarter": str(quarter)},
            url=f"{reverse('appraisals')}?{query}",
        )


def answers_waiting(now: datetime) -> Iterator[Reminder]:
    """Some days after the talk: whoever has neither acknowledged nor objected."""
    told = Appraisal.objects.filter(
        state=Appraisal.State.TOLD,
        told_at__lte=now - ANSWERED_WITHIN,
        told_at__gt=now - ANSWERED_WITHIN - STALE,
    )
    for row in told.select_related("person").defer("indicators").order_by("pk"):
        yield Reminder(
            person=row.person,
            key=f"appraisal/{row.pk}/answer",
            at=now,
            text=gettext_noop(
                "Your appraisal of %(quarter)s still waits: acknowledge it, or object"
            ),
            values={"quarter": row.quarter},
            url=reverse("appraisal", args=[row.pk]),
        )


def objections_waiting(now: datetime) -> Iterator[Reminder]:
    """Whoever may decide on an objection: neither who told of it nor who added the points."""
    objected = Appraisal.objects.filter(
        state=Appraisal.State.OBJECTED,
        answered_at__lte=now - DECIDED_WITHIN,
        answered_at__gt=now - DECIDED_WITHIN - STALE,
    )
    rows = list(objected.select_related("person").defer("indicators").order_by("pk"))
    heads = _heads(now) if rows else []
    for row in rows:
        for person in _allowed(heads, row, can_decide):
            yield Reminder(
                person=person,
                key=f"appraisal/{row.pk}/decide",
                at=now,
                text=gettext_noop(
                    "An objection to an appraisal of %(quarter)s still waits for a decision"
                ),
                values={"quarter": row.quarter},
                url=reverse("appraisal", args=[row.pk]),
            )


def plans_waiting(now: datetime) -> Iterator[Reminder]:
    """Whoever may approve a plan: some days after it was written, and the day before it begins at
    the latest."""
    today = clock.local_date(now)
    asked = Activity.objects.filter(state=Activity.State.ASKED, ends_on__gte=today)
    rows = list(asked.select_related("planner").order_by("pk"))
    heads = _heads(now) if rows else []
    for row in rows:
        begins = clock.at(row.starts_on - timedelta(days=1), SAID_AT)
        for person in _allowed(heads, row, can_approve_activity):
            yield Reminder(
                person=person,
                # A plan that was refused and changed waits anew.
                key=f"activity/{row.pk}/approve/{row.version}",
                at=min(row.planned_at + DECIDED_WITHIN, begins),
                text=gettext_noop("The activity %(title)s waits for your approval"),
                values={"title": row.title},
                url=reverse("activity", args=[row.pk]),
                due=clock.end_of(row.ends_on),
            )


def results_missing(now: datetime) -> Iterator[Reminder]:
    """On the morning after an activity: who planned it has not said what came of it; the heads
    hear of it where that person has left."""
    today = clock.local_date(now)
    over = Activity.objects.filter(
        state=Activity.State.APPROVED, ends_on__lt=today, ends_on__gte=today - STALE
    )
    for row in over.select_related("planner").order_by("pk"):
        left = row.planner.has_left
        for person in Person.objects.acting_as("manager", today) if left else [row.planner]:
            yield Reminder(
                person=person,
                key=f"activity/{row.pk}/result",
                at=clock.at(row.ends_on + timedelta(days=1), SAID_AT),
                text=gettext_noop("Say what came of the activity %(title)s"),
                values={"title": row.title},
                url=reverse("activity", args=[row.pk]),
            )


def _heads(now: datetime) -> list[User]:
    """The logins of those who act as manager, leader or personnel today. Three queries."""
    today = clock.local_date(now)
    people = {
        person.pk: person
        for role in HEADS
        for person in Person.objects.acting_as(role, today).select_related("user__person")
    }
    return [person.user for person in people.values() if hasattr(person, "user")]


def _allowed(
    heads: Iterable[User], row: Any, may: Callable[[Any, Any], Decision]
) -> Iterator[Person]:
    for user in heads:
        if user.person is not None and may(user, row):
            yield user.person
