"""The rows of a month, as the page of the month counts them."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings

from accounts.models import Person
from attendance.models import Punch
from core.tables.counts import rows_in
from policy.models import CalendarDay
from tests import cast

MONTH = cast.MONTH
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def people(db) -> dict[str, Person]:
    return cast.people_make()


def test_a_month_of_instants_and_a_month_of_days(people):
    for at in (MONTH.start - INSTANT, MONTH.start, MONTH.end - INSTANT, MONTH.end):
        Punch.objects.create(person=people[cast.SHE], at=at)
    for day in (MONTH.first_day, MONTH.last_day):
        for date in (day, day - timedelta(days=1), day + timedelta(days=1)):
            CalendarDay.objects.create(date=date, is_workday=True)
    counts = rows_in(MONTH)
    assert (counts["punches"], counts["calendar"], counts["people"]) == (2, 4, len(people))
    assert (rows_in(MONTH.previous())["punches"], rows_in(MONTH.next())["punches"]) == (1, 1)


def test_each_table_is_counted_for_one_query(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        counts = rows_in(MONTH)
    assert list(counts) == list(settings.FACT_ROWS)
    undated = {table for table, (_model, field) in settings.FACT_ROWS.items() if not field}
    for table in settings.FACT_ROWS:
        model = apps.get_model(settings.FACT_ROWS[table][0])
        assert counts[table] == (model.objects.count() if table in undated else 0), table
