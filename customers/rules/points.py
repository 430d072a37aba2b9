"""Points for visits and the duty for too few (VIS-2, S4.4). Pure."""

from collections.abc import Iterable
from datetime import date

from core.months import Month
from payroll.rules import PersonFacts
from policy.rules import Policy


def points(visits: Iterable[tuple[object, date]]) -> int:
    """One point for each customer and day with a genuine in-person visit."""
    return len(set(visits))


def owes_cleaning(person: PersonFacts, month: Month, got: int, policy: Policy) -> bool:
    """Three or more points short: one office cleaning, for field people of the whole month."""
    return (
        person.channel == "field"
        and person.employed_all(month)
        and policy.points_min - got >= policy.points_shortfall
    )
