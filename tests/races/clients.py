"""The pages served by many processes, and clients that send the same moment."""

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from accounts.models import User
from tests.browser.program import ROOT, environment
from tests.faults.servers import free_port, wait_until

PATIENCE = 120
CSRF = "a" * 32  # a cookie of its own, sent along with every form


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    leads_to: str


@dataclass(frozen=True)
class Somebody:
    """Somebody signed in, at a browser of their own."""

    port: int
    session: str

    def post(self, path: str, data: Sequence[tuple[str, object]]) -> Answer:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept-Language": "en",
        }
        try:
            sent = urlencode([("csrfmiddlewaretoken", CSRF), *data])
            link.request("POST", path, sent, headers)
            answer = link.getresponse()
            body = answer.read().decode("utf-8", "replace")
            return Answer(answer.status, body, answer.headers.get("Location", ""))
        finally:
            link.close()


def signed_in(user: User, port: int) -> Somebody:
    browser = Client()
    browser.force_login(user)
    return Somebody(port, browser.cookies["sessionid"].value)


@contextmanager
def pages(folder: Path, database: str, *, workers: int, guards_off: str = "") -> Iterator[int]:
    """The port at which so many processes serve the pages."""
    port = free_port()
    env = environment(folder, database, "tests.faults.settings") | {
        "FAULT_GUARD_OFF": guards_off,
        "METRICS_OF": "",
        "TMPDIR": str(folder),  # what it leaves when it is killed goes with the test's folder
        "SECRET_KEY": settings.SECRET_KEY,  # sessions are made here and opened there
    }
    bind = ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--preload"]
    with (folder / "web.log").open("wb") as log:
        web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "tests.races.serving", *bind],
            cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            wait_until(lambda: _answers(port), what=str(folder / "web.log"))
            yield port
        finally:
            # All of them at once: sixteen that tidy up take longer than the test.
            os.killpg(web.pid, signal.SIGKILL)
            web.wait()


def _answers(port: int) -> bool:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        link.request("GET", "/login/")
        return link.getresponse().status == 200
    except OSError:
        return False
    finally:
        link.close()


def all_at_once(doings: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """All of them sent the same moment."""
    start = Barrier(len(doings))

    def one(doing: Callable[[], Answer]) -> Answer:
        start.wait(PATIENCE)
        return doing()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(one, doings, timeout=PATIENCE))


def rounds(name: str, usual: int) -> int:
    """How often, said by the environment; a few in CI."""
    return int(os.environ.get(name, usual))
