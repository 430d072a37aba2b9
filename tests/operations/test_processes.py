"""Web, worker and beat as they really run: who is there, who died, and what is told of it."""

import os
import signal
import subprocess
from pathlib import Path

import pytest
import redis

from tests.browser.program import wait_until
from tests.operations.processes import Place, asked, failing, free_address, read
from tests.reachable import REDIS, redis_answers

CELERY = ("-m", "celery", "-A", "salesforce")
WORKER = (*CELERY, "worker", "--pool", "threads", "--concurrency", "2", "--without-mingle")
OLDER = """
from datetime import timedelta
from django.db.models import F
from core.models import Heartbeat
Heartbeat.objects.filter(kind="{kind}").update(at=F("at") - timedelta(seconds=60))
"""


def test_all_three_live_and_one_dies(place):
    address = free_address()
    web = ("-m", "gunicorn", "salesforce.wsgi", "--bind", address)
    with place.started(*web) as server:
        wait_until(lambda: asked(address, "/health/live") == 200, what="web")
        assert failing(address, "/health/ready") == []
        assert failing(address, "/health/worker") == ["worker"]
        assert failing(address, "/health/beat") == ["beat"]
        beat = (*CELERY, "beat", "--pidfile", str(place.folder / "beat.pid"))
        with place.started(*WORKER) as worker, place.started(*beat) as clockwork:
            for kind in ("worker", "beat"):
                wait_until(lambda: asked(address, f"/health/{kind}") == 200, what=kind)  # noqa: B023
            assert "no sign" not in place.run("manage.py", "alive", "web").stderr
            _metrics_of_several_processes(address)
            _dies(place, address, worker)
            assert asked(address, "/health/beat") == 200
            # A heartbeat keeps nobody from stopping: a signal ends beat at once.
            clockwork.terminate()
            assert clockwork.wait(10) == 0
        server.terminate()
        assert server.wait(10) == 0


def _metrics_of_several_processes(address: str) -> None:
    asked_before = _count(address)
    for _ in range(20):
        assert asked(address, "/login/") == 200
    assert _count(address) == asked_before + 20
    assert 'heartbeat_age_seconds{kind="worker"' in read(address, "/metrics")


def _count(address: str) -> float:
    name = 'salesforce_requests_total{method="GET",status="200",view="login"} '
    lines = read(address, "/metrics").splitlines()
    return sum(float(line.removeprefix(name)) for line in lines if line.startswith(name))


def _dies(place: Place, address: str, worker: subprocess.Popen[str]) -> None:
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    # A minute later, without waiting for it.
    place.python(OLDER.format(kind="worker"))
    assert failing(address, "/health/worker") == ["worker"]
    assert "no sign of life" in place.refused("alive", "worker")


@pytest.fixture
def broker() -> str:
    if not redis_answers(REDIS[0]) and not os.environ.get("CI"):
        pytest.skip("no Redis answers")
    url = REDIS[0].rsplit("/", 1)[0] + "/12"
    redis.Redis.from_url(url).flushdb()
    return url


def test_two_beats_and_a_redis_that_was_flushed(place, broker):
    """The first ends, for somebody to start it again; that puts the schedule back for both."""
    place.env["CELERY_BROKER_URL"] = broker
    client = redis.Redis.from_url(broker)

    def beat(name: str) -> tuple[str, ...]:
        return (*CELERY, "beat", "--pidfile", str(place.folder / name))

    with place.started(*beat("first")) as first:
        wait_until(lambda: client.exists("redbeat::lock") == 1, what="first beat")
        with place.started(*beat("second")) as second:
            wait_until(lambda: Path(place.folder / "second").exists(), what="second beat")
            client.flushdb()
            assert first.wait(30) != 0
            with place.started(*beat("third")):
                wait_until(lambda: client.exists("redbeat:tick") == 1, what="the schedule")
                wait_until(lambda: client.exists("redbeat::lock") == 1, what="a beat that leads")
                assert second.poll() is None
    client.flushdb()
