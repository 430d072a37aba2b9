"""What was read is known again: the same questions, the same answers, and nothing taken for it."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import readings
from core.models import JobRun, Reading
from core.readings import asking, fingerprint, reading_holds, reading_keep

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, 0, 30, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


def runs_make(count: int) -> None:
    JobRun.objects.bulk_create(
        JobRun(kind="x", subject=str(number), due_at=NOW) for number in range(count)
    )


def read() -> None:
    """Reads in every way there is: all, in pieces, one, none, a sum, with each kind of value."""
    wanted = JobRun.objects.order_by("id")
    list(wanted.filter(due_at__lte=NOW, subject__in=["1", "2", "3"]))
    list(wanted.filter(due_at__date=date(2026, 11, 1)).values_list("subject", "due_at"))
    for _run in wanted.iterator(chunk_size=2):
        pass
    wanted.filter(done__gte=0).exists()
    wanted.filter(subject="nobody").first()
    wanted.count()
    wanted.first()


def remember(**changed: object) -> None:
    with asking() as asked:
        read()
    said = {"subject": "s", "given": "g", "since": NOW, "until": None, "told": [asked.told()]}
    reading_keep(**{**said, **changed})


def holds(**changed: object) -> bool:
    return reading_holds(**{"subject": "s", "given": "g", "at": NOW, **changed})


def test_what_did_not_change_holds():
    runs_make(7)
    remember()
    assert holds()
    assert len(Reading.objects.get().told[0]["questions"]) == 7


@pytest.mark.parametrize(
    "change",
    [
        lambda: JobRun.objects.filter(subject="2").update(worker="another"),
        lambda: JobRun.objects.filter(subject="6").update(done=1),
        lambda: JobRun.objects.filter(subject="6").delete(),
        lambda: JobRun.objects.create(kind="x", subject="nobody"),
        lambda: JobRun.objects.filter(subject="3").update(due_at=NOW + A_SECOND),
    ],
    ids=["a value", "of one row", "a row gone", "a row more", "out of reach"],
)
def test_what_changed_does_not(change):
    runs_make(7)
    remember()
    change()
    assert not holds()
    remember()
    assert holds()


def test_it_is_put_down_while_queries_are_logged_too():
    runs_make(2)
    with CaptureQueriesContext(connection):
        remember()
    JobRun.objects.filter(subject="1").update(done=1)
    assert not holds()


def test_outside_nothing_is_put_down():
    with asking() as asked:
        pass
    read()
    assert asked.answers == []


def test_what_was_never_asked_is_not_known():
    with asking() as asked:
        pass
    reading_keep(subject="s", given="g", since=NOW, until=None, told=[asked.told()])
    assert not holds()
    assert not holds(subject="another")


def test_what_cannot_be_asked_again_is_not_known():
    with asking() as asked:
        read()
        with connection.cursor() as cursor:
            cursor.execute("WITH one AS (SELECT 1 AS n) SELECT n FROM one")
    reading_keep(subject="s", given="g", since=NOW, until=None, told=[asked.told()])
    assert not holds()


@pytest.mark.parametrize(
    ("at", "known"),
    [(NOW - A_SECOND, False), (NOW, True), (NOW + A_SECOND, True), (NOW + 2 * A_SECOND, False)],
)
def test_it_holds_from_an_instant_up_to_another(at, known):
    remember(until=NOW + 2 * A_SECOND)
    assert holds(at=at) is known


def test_it_hangs_on_what_it_was_given(monkeypatch):
    remember(given=fingerprint("steps", 1))
    assert holds(given=fingerprint("steps", 1))
    assert not holds(given=fingerprint("steps", 2))
    monkeypatch.setattr(readings, "_program", lambda: "another version")
    assert not holds(given=fingerprint("steps", 1))


def test_values_are_kept_as_they_are():
    values = ["甲", 7, None, True, [1, 2], date(2026, 10, 28), NOW, Decimal("0.30")]
    kept = json.loads(json.dumps(readings._plain([("SELECT", values)])))
    assert readings._questions(kept) == [("SELECT", values)]


def test_a_value_of_another_kind_is_read_anew_and_stops_nobody():
    remember()
    reading = Reading.objects.get()
    reading.told[0]["questions"][0] = ["SELECT %s", readings._plain([timedelta(1)])]
    reading.save()
    assert not holds()


def test_the_program_is_all_of_the_house():
    names = {path.name for path in readings._files()}
    assert {"readings.py", "settings.py", "days.py", "base.txt"} <= names
    assert not any(name.startswith("test_") for name in names)
