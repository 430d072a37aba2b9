"""A person's page: weekly reports, trainings, praise, cleaning owed (REP-1, TRAIN-1, MEET-2,
VIS-2)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.querysets import sees
from core.panels import Panel
from payroll.models import Duty
from reports.models import CleaningTurn, Enrolment, Praise
from reports.querysets import SEE_ALL_REPORTS, SEE_ALL_TOLD
from reports.reads.weekly_lately import Week, weeks_lately
from reports.tables.cleaning import standing_word as turn_word
from reports.tables.trainings import standing_word
from reports.tables.weekly import STANDINGS, week_said

SHOWN = 20


def person(user: Any, person: Person) -> Iterator[Panel]:
    if person.has_role("salesperson") and sees(user, person, everything=SEE_ALL_TOLD):
        yield Panel(
            key="weekly",
            title=_("Weekly reports"),
            template="reports/_person_weekly.html",
            context={"weeks": partial(_weeks, user, person)},
        )
    if sees(user, person, everything=SEE_ALL_REPORTS):
        yield Panel(
            key="trainings",
            title=_("Trainings and praise"),
            template="reports/_person.html",
            context={"record": partial(_record, person)},
        )
        yield Panel(
            key="cleaning",
            title=_("Cleaning owed for missing points"),
            template="reports/_person_cleaning.html",
            context={"owed": partial(_owed, person)},
        )


def _weeks(user: Any, person: Person) -> list[tuple[Week, str, Any]]:
    """Each week as it is called, and how its report stands in words."""
    weeks = weeks_lately(user, person)
    return [(each, week_said(each.monday), STANDINGS[each.standing]) for each in weeks]


def _record(person: Person) -> dict[str, Any]:
    places = Enrolment.objects.filter(person=person, withdrawn_at=None)
    rows = places.select_related("training").order_by("-training__starts_at")[:SHOWN]
    praises = Praise.objects.filter(person=person, meeting__state="held")
    return {
        "places": [(row, standing_word(row)) for row in rows],
        "praises": list(praises.select_related("meeting").order_by("-at")[:SHOWN]),
    }


def _owed(person: Person) -> list[dict[str, Any]]:
    """The duties of somebody, each with the turn that pays it off, if one is given. Two queries."""
    duties = list(Duty.objects.filter(person=person, rule="VIS-2").order_by("-month")[:SHOWN])
    turns = CleaningTurn.objects.filter(owed_for__in=[duty.key for duty in duties])
    by_key = {turn.owed_for: turn for turn in turns} if duties else {}
    found = []
    for duty in duties:
        turn = by_key.get(duty.key)
        found.append({"duty": duty, "turn": turn, "word": turn_word(turn) if turn else ""})
    return found
