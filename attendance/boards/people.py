"""Whose days somebody sees: those the rules on attendance are about (ATT-1, ORG-1)."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import Person
from accounts.querysets import PersonQuerySet, seen_by
from attendance.visible import SEE_ALL_ATTENDANCE
from core.months import Month


def people_seen(user: Any) -> QuerySet[Person]:
    """Everybody whose attendance one may see: oneself, those one leads, or all."""
    return seen_by(Person.objects.all(), user, everything=SEE_ALL_ATTENDANCE, person="id")


def salespeople_seen(user: Any, month: Month) -> list[Person]:
    """The salespeople employed in a month whom one may see, team by team. One query for all."""
    seen: PersonQuerySet = seen_by(
        Person.objects.salespeople().employed_in(month),
        user,
        everything=SEE_ALL_ATTENDANCE,
        person="id",
    )
    return list(seen.order_by("team", "employee_no"))


def teams_of(people: list[Person]) -> list[str]:
    return sorted({person.team for person in people if person.team})


def of_team(people: list[Person], team: str) -> list[Person]:
    """Those of a team; all of them where none is named."""
    return [person for person in people if person.team == team] if team else people
