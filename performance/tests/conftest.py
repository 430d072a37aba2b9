"""The company's people on Monday, 2 November 2026, 09:00; the third quarter of hers."""

from collections.abc import Iterator

import pytest

from accounts.models import Person, User
from core import clock
from performance.models import Appraisal
from performance.reads.quarter import appraised_in, quarter_facts
from performance.rules.appraisal import Facts
from performance.rules.periods import Period
from performance.services.reckoning import quarter_keep
from policy.querysets import policy_book
from tests import cast

QUARTER = Period.parse("2026-Q3")


@pytest.fixture
def people(db) -> Iterator[dict[str, Person]]:
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


def user(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


def facts_of(no: str, people=None) -> Facts:
    """Her quarter, counted among everybody's, or among these."""
    policy = policy_book().on(QUARTER.last_day)
    whom = appraised_in(QUARTER) if people is None else people
    return quarter_facts(QUARTER, policy, whom)[Person.objects.get(employee_no=no).pk]


def reckon() -> dict[str, int]:
    policy = policy_book().on(QUARTER.last_day)
    facts = quarter_facts(QUARTER, policy, appraised_in(QUARTER))
    return quarter_keep(quarter=QUARTER, policy=policy, facts=facts)


def appraisal_of(no: str) -> Appraisal:
    return Appraisal.objects.get(person__employee_no=no, quarter=str(QUARTER))
