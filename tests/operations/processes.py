"""Processes of the program, each started, watched and ended by its own test."""

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.program import ROOT


@dataclass(frozen=True)
class Place:
    """A folder and the environment of an installation that lives there."""

    folder: Path
    env: dict[str, str]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.env, capture_output=True, text=True
        )

    def manage(self, *command: str) -> str:
        """What a command said; it must succeed."""
        done = self.run("manage.py", *command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *command: str) -> str:
        """What a command said that must fail, without a traceback."""
        done = self.run("manage.py", *command)
        assert done.returncode == 1, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    def python(self, code: str) -> str:
        """What code prints that runs in the program."""
        setup = "import django; django.setup()\n"
        done = self.run("-c", setup + code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @contextmanager
    def started(self, *command: str) -> Iterator[subprocess.Popen[str]]:
        """A process while it runs; what it prints comes through its pipe, its log lies here."""
        log = self.folder / f"{len(list(self.folder.glob('*.log')))}.log"
        with log.open("wb") as err:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=err, text=True,
            )  # fmt: skip
            try:
                yield process
            finally:
                process.terminate()
                try:
                    process.communicate(timeout=20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.communicate()


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def asked(address: str, path: str) -> int:
    """The status of an answer; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(f"http://{address}{path}", timeout=15) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


def read(address: str, path: str) -> str:
    with urllib.request.urlopen(f"http://{address}{path}", timeout=15) as answer:
        return str(answer.read().decode())


def failing(address: str, path: str) -> list[str]:
    try:
        return list(json.loads(read(address, path))["failing"])
    except urllib.error.HTTPError as error:
        with error:
            return list(json.loads(error.read())["failing"])
