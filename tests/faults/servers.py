"""Servers of one's own, to stop, empty and kill: never those of the machine."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

PATIENCE = 120.0
ACCOUNTS = ("postgres", "nobody")


def wait_until(
    condition: Callable[[], object], *, what: str | Callable[[], str], patience: float = PATIENCE
) -> None:
    """Look again and again, until it is so; `what` is told when it will not be."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(what if isinstance(what, str) else what())
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _needed(found: str | None, what: str) -> str:
    """Where a server's program lies; without it CI fails and a laptop goes without the test."""
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"CI has no {what}")
        pytest.skip(f"no {what} on this machine")
    return found


class PrivateRedis:
    """A Redis in a folder, that keeps nothing when it stops."""

    def __init__(self, folder: Path) -> None:
        self.program = _needed(shutil.which("redis-server"), "redis-server")
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        said = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        unsaved = ["--save", "", "--appendonly", "no", "--daemonize", "no"]
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.program, *said, *unsaved], stdout=log, stderr=log, start_new_session=True
            )
        wait_until(self.answers, what="redis")

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as link:
                return bool(link.ping())
        except redis.RedisError:
            return False

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as link:
            link.flushall()

    def waiting(self) -> int:
        """How many messages nobody has fetched."""
        with redis.Redis.from_url(self.url) as link:
            return int(link.llen("celery"))

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


class PrivatePostgres:
    """A PostgreSQL cluster in a folder, run by an ordinary account."""

    def __init__(self, folder: Path) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        initdb = str(found[-1]) if found else shutil.which("initdb")
        self.programs = Path(_needed(initdb, "initdb")).parent
        self.account = _ordinary_account()
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        self.url = self.address("postgres")
        if self.account:
            shutil.chown(folder, self.account)
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8")

    def address(self, database: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self.programs / program), *map(str, arguments)]
        with (self.folder / f"{program}.log").open("ab") as log:
            subprocess.run(
                command,
                cwd=self.folder,
                check=True,
                stdout=log,
                stderr=log,
                user=self.account,
                start_new_session=True,
            )

    def start(self) -> None:
        # Durability is what is under test: fsync and the write-ahead log stay as they come.
        said = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c max_connections=60"
        log = self.folder / "server.log"
        self._run("pg_ctl", "-D", self.data, "-l", log, "-w", "-t", "60", "-o", said, "start")

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def filled(self, database: str, template: str) -> str:
        """The address of a new database with all that lies at another address."""
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "postgres", database)
        address = self.address(database)
        dump = [self.programs / "pg_dump", "--no-owner", template]
        with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumped:
            load = [self.programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", address]
            subprocess.run(load, stdin=dumped.stdout, stdout=subprocess.DEVNULL, check=True)
        assert dumped.returncode == 0
        return address


def _ordinary_account() -> str | None:
    """PostgreSQL refuses to run as root: then somebody else runs it."""
    if os.geteuid() != 0:
        return None
    import pwd

    known = {account.pw_name for account in pwd.getpwall()}
    return next(name for name in ACCOUNTS if name in known)


@contextmanager
def running_redis(folder: Path) -> Iterator[PrivateRedis]:
    server = PrivateRedis(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
