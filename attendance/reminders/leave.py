"""Who is reminded of leave that waits, and of reward leave that will lapse (LEA-1, LEA-3)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.deciding import deciders_by_person
from accounts.models import Person
from attendance.leave_balances import rewards_of_all
from attendance.leave_facts import leave_rules
from attendance.leave_words import days_text
from attendance.models import Leave, RewardGrant
from core import clock
from core.templatetags.house import day
from notices.reminders import Reminder

SAID_AT = time(8, 0)
WAITS_FOR = timedelta(days=2)  # for a decision, before anybody is reminded
STALE = timedelta(days=30)  # what waits longer is no news
LAPSES_IN = timedelta(days=14)


def leaves_waiting(now: datetime) -> Iterator[Reminder]:
    """Whoever's word a request has waited for since two days."""
    said = Count("steps", filter=Q(steps__approved=True, steps__of_version=F("version")))
    waiting = Leave.objects.waiting().filter(
        filed_at__lte=now - WAITS_FOR, filed_at__gt=now - STALE
    )
    rows = waiting.annotate(words_said=said).select_related("person__supervisor").order_by("pk")
    leaves = list(rows)
    firsts = deciders_by_person(leave.person for leave in leaves)
    managers = _managers() if any(leave.words_said for leave in leaves) else []
    for leave in leaves:
        step = leave.words_said + 1
        people = firsts[leave.person_id] if step == 1 else managers
        for person in people:
            if person.pk == leave.person_id:
                continue
            yield Reminder(
                person=person,
                key=f"leave/{leave.pk}/waits/{leave.version}/{step}",
                at=now,
                text=gettext_noop("The leave %(name)s asks for from %(from)s still waits for you"),
                values={"name": leave.person.name, "from": day(leave.start_on)},
                url=reverse("leave_one", args=[leave.pk]),
            )


def _managers() -> list[Person]:
    return list(Person.objects.acting_as("manager", clock.today()))


def rewards_lapsing(now: datetime) -> Iterator[Reminder]:
    """Fourteen days before the last day: whoever has days of reward leave left."""
    today = clock.local_date(now)
    near = RewardGrant.objects.filter(
        taken_back_at=None, use_by__gte=today, use_by__lte=today + LAPSES_IN
    )
    grants = defaultdict(list)
    for grant in near.select_related("person").order_by("pk"):
        if not grant.person.has_left:
            grants[grant.person].append(grant)
    standings = rewards_of_all(list(grants), leave_rules()) if grants else {}
    for person, mine in grants.items():
        left = {each.grant.pk: each.left for each in standings[person.pk].given}
        for grant in mine:
            if left[grant.pk]:
                yield Reminder(
                    person=person,
                    key=f"rewardgrant/{grant.pk}/lapses",
                    at=clock.at(grant.use_by - LAPSES_IN, SAID_AT),
                    text=gettext_noop("Reward leave (days: %(days)s) is to be used by %(day)s"),
                    values={"days": days_text(left[grant.pk]), "day": day(grant.use_by)},
                    url=reverse("rewards"),
                    due=clock.end_of(grant.use_by),
                )
