"""The real program, as people run it: web server and worker, each a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from core import clock

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def environment(
    folder: Path, database: str, settings: str = "salesforce.settings"
) -> dict[str, str]:
    """What differs from the program as it is: its data, and a broker of its own."""
    kept = {k: v for k, v in os.environ.items() if k != "CELERY_BROKER_URL"}
    return kept | {
        "VAR_DIR": str(folder),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": settings,
    }


def manage(env: dict[str, str], *command: str) -> None:
    subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True)


def set_clock(folder: Path, text: str) -> None:
    """From now on the program's clock goes on from that time, in the company's zone.

    Under `tests.browser.settings` alone.
    """
    wanted = clock.from_local(datetime.fromisoformat(text))
    kept = folder / "clock.new"
    kept.write_text(repr((wanted - datetime.now(UTC)).total_seconds()))
    kept.replace(folder / "clock")


@contextmanager
def running(folder: Path, env: dict[str, str]) -> Iterator[str]:
    """The address of the program while it runs."""
    address = f"127.0.0.1:{_free_port()}"
    web = ["-m", "gunicorn", "salesforce.wsgi", "--bind", address, "--workers", "2"]
    worker = ["-m", "celery", "-A", "salesforce", "worker", "--pool", "threads"]
    quiet = ["--concurrency", "2", "--without-mingle", "--without-gossip"]
    with _process(web, folder / "web.log", env), _process(worker + quiet, folder / "w.log", env):
        url = f"http://{address}"
        wait_until(lambda: _answers(f"{url}/login/"), what=f"{folder / 'web.log'}")
        yield url


@contextmanager
def _process(command: list[str], log: Path, env: dict[str, str]) -> Iterator[None]:
    with log.open("wb") as out:
        started = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=env, stdout=out, stderr=out
        )
        try:
            yield
        finally:
            started.terminate()
            try:
                started.wait(20)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  (our own address)
            return answer.status == 200
    except urllib.error.HTTPError:
        raise
    except OSError:
        return False


def wait_until(condition: Callable[[], bool], *, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.05)
