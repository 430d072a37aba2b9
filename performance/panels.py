"""A person's page: how far they are this month, and their last appraisals (TAR-1, KPI-1)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.querysets import sees
from core import clock
from core.panels import Panel
from performance.models import Appraisal
from performance.querysets import SEE_ALL
from performance.reads.attaining import attainments
from performance.reads.commission import month_running
from performance.rules.periods import Period
from performance.tables.states import state_badge
from performance.words import period_name

SHOWN = 6


def person(user: Any, person: Person) -> Iterator[Panel]:
    """Of who sells: for themselves, who leads them, the heads and personnel."""
    if not person.has_role("salesperson") or not sees(user, person, everything=SEE_ALL):
        return
    if not person.has_left:
        yield Panel(
            key="targets",
            title=_("Target of the month"),
            template="performance/_person_target.html",
            context={"target": partial(_target, person)},
        )
    yield Panel(
        key="appraisals",
        title=_("Appraisals"),
        template="performance/_person_appraisals.html",
        confidential="" if user.person_id == person.pk else "appraisal",
        context={"appraisals": partial(_appraisals, user, person)},
    )


def _target(person: Person) -> dict[str, Any]:
    """The collection month that runs: what is to be brought, and how far they are."""
    period = Period(month_running(clock.now()), 1)
    return {
        "period": period_name(period),
        "attained": attainments(period, [person], [person.pk])[person.pk],
        "url": reverse("targets", args=[period]),
    }


def _appraisals(user: Any, person: Person) -> list[dict[str, Any]]:
    """The latest quarters that this user may see, one's own once one was told. One query."""
    rows = Appraisal.objects.visible_to(user).filter(person=person).order_by("-quarter")
    return [
        {"row": row, "quarter": period_name(row.span), "badge": state_badge(row)}
        for row in rows.defer("indicators")[:SHOWN]
    ]
