"""Reading and writing in bulk gives what the usual way gives."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.db import Instant, rows_insert
from core.models import JobRun, TableLoad

COLUMNS = ("kind", "subject", "state", "due_at", "done", "steps", "attempt", "now_doing", "worker")
REST = ("details", "outcome", "error")


class TestInstant(TestCase):
    @given(
        st.datetimes(
            datetime(1970, 1, 1),  # noqa: DTZ001
            datetime(2199, 12, 31),  # noqa: DTZ001
            timezones=st.just(UTC),
        )
    )
    def test_it_reads_what_was_written_to_the_microsecond(self, instant):
        row = TableLoad.objects.create(at=instant, table="x", file="x", sha256="x")
        [(found, plain)] = TableLoad.objects.filter(pk=row.pk).values_list(Instant("at"), "at")
        assert found == plain == instant
        assert found.tzinfo is not None


@pytest.mark.django_db
def test_nothing_reads_as_nothing():
    JobRun.objects.create(kind="x", subject="x")
    assert list(JobRun.objects.values_list(Instant("finished_at"), flat=True)) == [None]


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
