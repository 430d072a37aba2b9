"""The company's people on Monday, 2 November 2026, 09:00; meetings of her team."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from uuid import uuid4

import pytest

from accounts.models import Person, User
from core import clock
from reports.models import Meeting
from reports.services import MeetingFacts, SeriesFacts, meeting_plan, series_add
from tests import cast
from tests.builders import at

HER_TEAM, OTHER_TEAM = "销售1组", "销售2组"


@pytest.fixture
def people(db) -> Iterator[dict[str, Person]]:
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


def user(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


def series_facts(**said) -> SeriesFacts:
    usual = {
        "kind": "morning",
        "title": "早会",
        "team": HER_TEAM,
        "weekday": None,
        "starts": time(8, 30),
        "minutes": 20,
        "place": "会议室",
        "chair": None,
        "from_on": date(2026, 11, 2),
        "until_on": None,
    }
    return SeriesFacts(**usual | said)


@pytest.fixture
def series(people) -> Callable:
    def begin(**said):
        return series_add(facts=series_facts(**said), token=uuid4(), actor=user(cast.MANAGER))

    return begin


def meeting_facts(starts_at: str | datetime = "2026-11-02 09:10", **said) -> MeetingFacts:
    usual = {
        "kind": "morning",
        "title": "早会",
        "team": HER_TEAM,
        "starts_at": at(starts_at) if isinstance(starts_at, str) else starts_at,
        "minutes": 20,
        "place": "会议室",
        "chair": None,
    }
    return MeetingFacts(**usual | said)


@pytest.fixture
def meeting(people) -> Callable[..., Meeting]:
    def plan(starts_at: str = "2026-11-02 09:10", **said) -> Meeting:
        facts = meeting_facts(starts_at, **said)
        return meeting_plan(facts=facts, token=uuid4(), actor=user(cast.MANAGER))

    return plan
