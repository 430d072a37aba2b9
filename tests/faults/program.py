"""The program as it runs: workers and beats in process groups, to start, hold and kill."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
from celery import Celery

from core import clock
from tests.faults import guards
from tests.faults.servers import PrivateRedis, wait_until

ROOT = Path(__file__).resolve().parents[2]
FILESYSTEM = "filesystem://"
RECEIVED = re.compile(r"Task (\S+\[[\w-]+\]) received")
ENDED = re.compile(r"Task (\S+\[[\w-]+\]) (?:succeeded|raised)")


@dataclass
class Started:
    """One process of the program, with all it starts itself."""

    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """The whole tree, at once, as when the power fails."""
        for one in self.tree():
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self.process.wait()

    def kill_child(self) -> bool:
        """One process of the pool alone; says whether there was one."""
        children = self.tree()[1:]
        if children:
            with suppress(psutil.NoSuchProcess):
                children[0].kill()
        return bool(children)

    def tree(self) -> list[psutil.Process]:
        try:
            top = psutil.Process(self.process.pid)
            return [top, *top.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def end(self) -> None:
        """As an operator ends it."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def received(self) -> int:
        """How many messages came to this worker."""
        return len(RECEIVED.findall(self.log.read_text(errors="replace")))

    @property
    def is_idle(self) -> bool:
        """Whether everything that came to this worker has ended, well or not."""
        log = self.log.read_text(errors="replace")
        return set(RECEIVED.findall(log)) <= set(ENDED.findall(log))

    @property
    def is_up(self) -> bool:
        return self.process.poll() is None

    def said(self, words: str) -> bool:
        return self.times(words) > 0

    def times(self, words: str) -> int:
        """How often it said that."""
        return self.log.read_text(errors="replace").count(words)


@dataclass
class Program:
    """An installation: a folder, a database, a broker, a clock; and what runs of it."""

    folder: Path
    database: str
    redis: PrivateRedis | None = None
    guards_off: str = ""
    more: dict[str, str] = field(default_factory=dict)
    started: list[Started] = field(default_factory=list)

    @property
    def broker(self) -> str:
        return self.redis.url if self.redis else FILESYSTEM

    def environment(self) -> dict[str, str]:
        return os.environ | {
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": self.database,
            "CELERY_BROKER_URL": self.broker,
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "FAULT_GUARD_OFF": self.guards_off,
            "LOG_LEVEL": "INFO",
            "PYTHONUNBUFFERED": "1",
            **self.more,
        }

    # What runs.

    def worker(
        self, name: str = "one", *, ready: bool = True, slots: int = 2, **limits: Any
    ) -> Started:
        """A worker that does `slots` jobs at a time; `ready`: not before it takes messages."""
        pool = "prefork" if self.redis else "threads"
        started = self._start(
            f"worker-{name}", "worker", "-n", name, "--pool", pool, "--concurrency", str(slots),
            "--loglevel", "info", "--without-mingle", "--without-gossip", **limits,
        )  # fmt: skip
        if ready:
            self.wait_ready(started)
        return started

    def wait_ready(self, worker: Started) -> None:
        wait_until(lambda: worker.said(" ready.") or not worker.is_up, what=str(worker.log))
        assert worker.is_up, worker.log.read_text()

    def beat(self, name: str = "one") -> Started:
        kept = [] if self.redis else ["--schedule", str(self.folder / f"schedule-{name}")]
        return self._start(f"beat-{name}", "beat", "--pidfile=", "--loglevel", "info", *kept)

    def manage(self, *command: str, module: str = "manage.py") -> str:
        done = subprocess.run(
            [sys.executable, module, *command],
            cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout + done.stderr

    def _start(self, log: str, *command: str, **limits: Any) -> Started:
        path = self.folder / f"{log}-{len(self.started)}.log"
        with path.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "salesforce", *command],
                cwd=ROOT,
                env=self.environment(),
                stdout=out,
                stderr=out,
                start_new_session=True,
                **limits,
            )
        self.started.append(Started(process, path))
        return self.started[-1]

    def kill_all(self) -> None:
        for one in self.started:
            one.kill()

    def logs(self) -> str:
        return "\n".join(one.log.read_text(errors="replace")[-3000:] for one in self.started)

    # Its clock.

    def set_clock(self, text: str) -> None:
        """From now on the program's clock goes on from that time, in the company's zone."""
        wanted = clock.from_local(datetime.fromisoformat(text))
        kept = self.folder / "clock.new"
        kept.write_text(repr((wanted - datetime.now(UTC)).total_seconds()))
        kept.replace(self.folder / "clock")

    def now(self) -> datetime:
        kept = self.folder / "clock"
        offset = float(kept.read_text()) if kept.exists() else 0.0
        return datetime.fromtimestamp(datetime.now(UTC).timestamp() + offset, UTC)

    # Its points of hold.

    def hold(self, point: str) -> None:
        (self.folder / "hold").mkdir(exist_ok=True)
        (self.folder / "hold" / point).touch()

    def held(self, point: str) -> int:
        """How many processes wait there."""
        return len(self.who_is_held(point))

    def who_is_held(self, point: str) -> list[int]:
        """The processes that wait there."""
        return [int(one.suffix[1:]) for one in (self.folder / "hold").glob(f"{point}.*")]

    def hold_at(self, statement: int) -> None:
        """Hold whoever comes to that statement, as all jobs count them together from now on."""
        (self.folder / "statements").unlink(missing_ok=True)
        (self.folder / "stop-at").write_text(str(statement))
        self.hold(guards.STATEMENT)

    def statements(self) -> int:
        """How many statements jobs have made."""
        return (self.folder / "statements").stat().st_size

    def let_pass(self, point: str) -> None:
        """Those who wait there stay; whoever comes from now on passes."""
        (self.folder / "hold" / f"kept-{point}").touch()
        (self.folder / "hold" / point).unlink()

    def release(self, point: str) -> None:
        folder = self.folder / "hold"
        for left in (folder / point, folder / f"kept-{point}", *folder.glob(f"{point}.*")):
            left.unlink(missing_ok=True)

    # Its broker, from outside.

    @contextmanager
    def in_touch(self) -> Iterator[Celery]:
        """Within, messages sent from this process go to the program's workers."""
        from salesforce.celery import app as usual

        outside = Celery("outside", set_as_current=False)
        # This address alone: the one of the environment would come before `broker`.
        outside.conf.broker_write_url = self.broker if self.redis else "filesystem://localhost"
        outside.conf.task_ignore_result = True
        if not self.redis:
            queue = self.folder / "queue"
            for name in ("messages", "processed", "control"):
                (queue / name).mkdir(parents=True, exist_ok=True)
            outside.conf.broker_transport_options = {
                "data_folder_in": str(queue / "messages"),
                "data_folder_out": str(queue / "messages"),
                "processed_folder": str(queue / "processed"),
                "control_folder": str(queue / "control"),
            }
        outside.set_current()
        try:
            yield outside
        finally:
            outside.close()
            usual.set_current()

    def forget_schedule(self) -> None:
        """What a beat remembers is gone."""
        for kept in self.folder.glob("schedule-*"):
            kept.unlink()
        if self.redis:
            self.redis.flush()
