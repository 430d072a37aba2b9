"""What Prometheus reads: true numbers, no word about people, and not for everybody."""

import ipaddress
import re
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from core import clock, metrics
from core.heartbeats import heartbeat
from core.models import JobRun
from payroll.models import Entry
from tests import cast
from tests.cast import MANAGER, SHE, client_of


@pytest.fixture
def closed(db):
    with clock.set_to(cast.CLOSED_AT):
        cast.people_make()
        cast.closed_month()
        yield


def scraped(**extra: str) -> str:
    answer = Client().get("/metrics", **extra)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    return answer.content.decode()


def value(text: str, name: str) -> float:
    (found,) = re.findall(rf"^salesforce_{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found)


def test_the_months_and_the_entries(closed):
    text = scraped()
    assert value(text, "entries") == Entry.objects.count() > 0
    assert value(text, 'months{state="closed"}') == 1
    assert value(text, "database_up") == 1


def test_the_jobs(closed):
    now = clock.now()
    for subject, state, minutes in (
        ("a", "queued", 3),
        ("b", "queued", 1),
        ("c", "queued", -5),
        ("d", "failed", 60),
        ("e", "failed", 60 * 30),
    ):
        at = now - timedelta(minutes=minutes)
        JobRun.objects.create(kind="close", subject=subject, state=state, due_at=at, finished_at=at)
    text = scraped()
    assert value(text, 'job_runs{kind="close",state="queued"}') == 3
    assert value(text, 'job_runs{kind="close",state="failed"}') == 2
    assert value(text, "job_queued_oldest_seconds") == 180
    assert value(text, "job_runs_failed_lately") == 1


def test_nothing_waits(closed):
    assert value(scraped(), "job_queued_oldest_seconds") == 0


def test_the_heartbeats(closed):
    with clock.set_to(clock.now() - timedelta(seconds=90)):
        heartbeat(kind="worker", name="celery@a")
    assert value(scraped(), 'heartbeat_age_seconds{kind="worker",name="celery@a"}') == 90


def test_requests_by_view_and_nobody_by_name(closed):
    before = scraped()
    client_of(MANAGER).get(f"/months/2026-10/statements/{SHE}/")
    Client().get(f"/no-such-page/{SHE}")
    Client().generic("BREW", "/login/")
    text = scraped()
    line = 'requests_total{method="GET",status="200",view="statement"}'
    assert value(text, line) == 1 + (value(before, line) if f"salesforce_{line}" in before else 0)
    assert 'view="none"' in text
    assert 'method="other"' in text
    assert "BREW" not in text
    for member in cast.MEMBERS:
        assert member.name not in text
        assert member.employee_no not in text


def test_the_database_is_away(db, monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(metrics, "import_string", lambda _path: away)
    text = scraped()
    assert value(text, "database_up") == 0
    assert "salesforce_request_seconds" in text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "10.1.2.3"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.1.2.3"}, 404),
        ({"REMOTE_ADDR": "10.1.2.3", "HTTP_AUTHORIZATION": "Bearer opensesame"}, 200),
        ({"REMOTE_ADDR": "10.1.2.3", "HTTP_AUTHORIZATION": "Bearer wrong"}, 404),
        ({"REMOTE_ADDR": "10.1.2.3", "HTTP_AUTHORIZATION": "Bearer "}, 404),
    ],
)
def test_who_may_read(db, settings, headers, status):
    settings.METRICS_TOKEN = "opensesame"
    assert Client().get("/metrics", **headers).status_code == status


def test_no_token_is_nobodys_token(db, settings):
    settings.METRICS_TOKEN = ""
    headers = {"REMOTE_ADDR": "10.1.2.3", "HTTP_AUTHORIZATION": "Bearer "}
    assert Client().get("/metrics", **headers).status_code == 404


def test_a_network_may_read(db, settings):
    settings.METRICS_ALLOW = [ipaddress.ip_network("10.1.0.0/16")]
    assert Client().get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 200
    assert Client().get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 404
