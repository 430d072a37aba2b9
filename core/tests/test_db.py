"""Reading and writing in bulk gives what the usual way gives."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core import clock
from core.db import CompanyDay, Instant, rows_insert, statistics_ensure
from core.models import JobRun, TableLoad

COLUMNS = ("kind", "subject", "state", "due_at", "done", "steps", "attempt", "now_doing", "worker")
REST = ("details", "outcome", "error")


class TestInstant(TestCase):
    @given(
        st.datetimes(
            datetime(1950, 1, 1),  # noqa: DTZ001  # the company's clock had summer times
            datetime(2199, 12, 31),  # noqa: DTZ001
            timezones=st.just(UTC),
        )
    )
    def test_it_reads_what_was_written_to_the_microsecond(self, instant):
        row = TableLoad.objects.create(at=instant, table="x", file="x", sha256="x")
        [(found, plain)] = TableLoad.objects.filter(pk=row.pk).values_list(Instant("at"), "at")
        assert found == plain == instant
        assert found.tzinfo is not None
        [day] = TableLoad.objects.filter(pk=row.pk).values_list(CompanyDay("at"), flat=True)
        assert day == clock.local_date(instant)


@pytest.mark.django_db
def test_nothing_reads_as_nothing():
    JobRun.objects.create(kind="x", subject="x")
    said = JobRun.objects.values_list(Instant("finished_at"), CompanyDay("finished_at"))
    assert list(said) == [(None, None)]


def row(subject: str, state: str = "done") -> tuple[object, ...]:
    text = '{"a": "\\"甲\\"\\n\\t\\\\"}'
    due = "2026-10-28 08:00:00"
    return ("close", subject, state, due, 0, 0, 0, "", "", text, "{}", "a\tb\n\\N 乙")


@pytest.mark.django_db
def test_rows_are_added_as_they_are():
    rows_insert(model=JobRun, columns=COLUMNS + REST, rows=[row("1"), row("2")])
    found = JobRun.objects.get(subject="2")
    assert found.details == {"a": '"甲"\n\t\\'}
    assert found.error == "a\tb\n\\N 乙"


@pytest.mark.django_db
def test_a_refused_row_is_djangos_error_and_leaves_nothing():
    with pytest.raises(IntegrityError), transaction.atomic():
        rows_insert(model=JobRun, columns=COLUMNS + REST, rows=[row("1"), row("2"), row("2")])
    assert not JobRun.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("known", "then"), [(-1, 50), (7, 7)], ids=["never looked at", "known"])
def test_tables_that_were_never_looked_at_are(known, then, django_assert_num_queries):
    if connection.vendor == "sqlite":  # its planner goes without
        with django_assert_num_queries(0):
            statistics_ensure()
        return
    JobRun.objects.bulk_create(JobRun(kind="x", subject=str(n)) for n in range(50))
    with connection.cursor() as cursor:
        jobs = "WHERE relname = 'core_jobrun'"
        cursor.execute(f"UPDATE pg_class SET reltuples = %s {jobs}", [known])
        statistics_ensure()
        cursor.execute(f"SELECT reltuples FROM pg_class {jobs}")
        assert cursor.fetchone() == (then,)
