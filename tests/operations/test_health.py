"""What machines that watch are told: without a login, truly, and with nothing secret."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client

from core import append_only, clock, heartbeats, migrated
from core.heartbeats import beating, heartbeat, is_alive
from core.models import Heartbeat

pytestmark = pytest.mark.django_db
ALL = ("live", "ready", "worker", "beat")


def asked(what: str) -> tuple[int, list[str]]:
    answer = Client().get(f"/health/{what}")
    assert answer.headers["Content-Type"] == "application/json"
    assert "no-store" in answer.headers["Cache-Control"]
    said = json.loads(answer.content)
    assert set(said) == {"status", "failing"}
    return answer.status_code, said["failing"]


def test_all_is_well():
    heartbeat(kind="worker", name="celery@a")
    heartbeat(kind="beat", name="beat@a")
    assert [asked(what) for what in ALL] == [(200, [])] * 4


def test_nobody_works():
    assert asked("worker") == (503, ["worker"])
    assert asked("beat") == (503, ["beat"])
    assert asked("live") == asked("ready") == (200, [])


def test_one_of_two_is_enough_and_a_minute_of_silence_is_too_long():
    now = clock.now()
    for name, seconds in (("celery@a", 3600), ("celery@b", 59)):
        with clock.set_to(now - timedelta(seconds=seconds)):
            heartbeat(kind="worker", name=name)
    with clock.set_to(now):
        assert is_alive("worker")
        assert is_alive("worker", host="b")
        assert not is_alive("worker", host="a")
        assert not is_alive("beat")
    with clock.set_to(now + timedelta(seconds=1)):
        assert not is_alive("worker")


def test_a_heartbeat_is_one_row_and_a_day_of_silence_is_forgotten():
    now = clock.now()
    for minutes in (-24 * 60 - 1, -30, 0):
        with clock.set_to(now + timedelta(minutes=minutes)):
            heartbeat(kind="worker", name="celery@old" if minutes < -60 else "celery@a")
    assert list(Heartbeat.objects.values_list("name", "kind")) == [("celery@a", "worker")]


def test_a_fallen_trigger(settings):
    on = " ON core_auditrow" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER core_auditrow_no_delete{on}")
    assert asked("ready") == (503, ["triggers"])
    append_only.install()
    assert asked("ready") == (200, [])


def test_a_migration_that_waits(monkeypatch):
    known = migrated.known() | {("core", "9999_later")}
    monkeypatch.setattr(migrated, "known", lambda: known)
    assert asked("ready") == (503, ["migrations"])


def test_the_database_is_away(monkeypatch):
    def away(*_args, **_kwargs):
        raise OperationalError("connection to 10.0.0.7 refused for user payroll")

    monkeypatch.setattr(connection, "cursor", away)
    assert asked("live") == (200, [])
    for what in ("ready", "worker", "beat"):
        assert asked(what) == (503, ["database"])


@pytest.mark.parametrize("what", ALL)
def test_nothing_is_sent_there(what):
    assert Client().post(f"/health/{what}").status_code == 405


def test_they_are_answered_without_tls(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/health/live").status_code == 200
    assert Client().get("/login/").status_code == 301


def test_asking_is_cheap(django_assert_max_num_queries):
    asked("ready")
    with django_assert_max_num_queries(6):
        asked("ready")
    with django_assert_max_num_queries(1):
        asked("worker")


def test_a_beat_outlives_a_database_that_is_away(monkeypatch):
    """Two beats fail, each with another error; the third is written, and then it stops."""
    beats = []

    def failing(*, kind: str, name: str) -> None:
        beats.append(name)
        if len(beats) < 3:
            raise (OperationalError, ValueError)[len(beats) - 1]("away")
        stop.set()

    monkeypatch.setattr(heartbeats, "heartbeat", failing)
    monkeypatch.setattr(heartbeats, "_let_go", lambda: None)
    before = set(heartbeats.threading.enumerate())
    stop = beating(kind="worker", name="celery@a", every=0.05)
    (thread,) = set(heartbeats.threading.enumerate()) - before
    assert thread.daemon
    thread.join(5)
    assert not thread.is_alive()
    assert beats == ["celery@a"] * 3
