"""Who is reminded of what was asked about days and still waits (ATT-1, ATT-6)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.deciding import deciders_by_person
from attendance.kinds import KINDS
from notices.reminders import Reminder

WAITS_FOR = timedelta(days=2)  # for a decision, before anybody is reminded
STALE = timedelta(days=30)  # what waits longer is no news


def asked_waiting(now: datetime) -> Iterator[Reminder]:
    """Whoever decides is reminded of what has waited for two days."""
    rows = [
        (kind, row)
        for kind in KINDS
        for row in kind.model.objects.waiting()
        .filter(filed_at__lte=now - WAITS_FOR, filed_at__gt=now - STALE)
        .select_related("person__supervisor")
        .order_by("pk")
    ]
    deciders = deciders_by_person({row.person for _kind, row in rows})
    for kind, row in rows:
        for person in deciders[row.person_id]:
            yield Reminder(
                person=person,
                key=f"{kind.slug}/{row.pk}/waits/{row.version}",
                at=now,
                text=gettext_noop("%(name)s still waits for your decision: %(when)s"),
                values={"name": row.person.name, "when": kind.when(row)},
                url=reverse("asked", args=[kind.slug, row.pk]),
            )
