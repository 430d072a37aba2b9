"""Databases of the benches' own: filled once, copied for each run, thrown away."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
SERVER = "postgres://postgres@127.0.0.1:5432/postgres"


class Databases:
    """One kind of database. `url(name)` is its address, `copy` makes one from another."""

    vendor = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, name: str) -> str:
        raise NotImplementedError

    def create(self, name: str) -> None:
        raise NotImplementedError

    def copy(self, name: str, to: str) -> None:
        raise NotImplementedError

    def drop(self, name: str) -> None:
        raise NotImplementedError

    def environment(self, name: str) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.url(name),
            "VAR_DIR": str(self.folder / "var"),
            "DJANGO_SETTINGS_MODULE": "salesforce.settings",
        }

    def fill(self, name: str, *, people: int, seed: int) -> None:
        self.create(name)
        self.python(name, "facts.py", "--people", str(people), "--seed", str(seed))

    def step(self, name: str, step: str) -> dict[str, Any]:
        return json.loads(self.python(name, "steps.py", step).splitlines()[-1])

    def python(self, name: str, *command: str) -> str:
        run = subprocess.run(
            [sys.executable, str(BENCH / command[0]), *command[1:]],
            env=self.environment(name),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return run.stdout


class Sqlite(Databases):
    vendor = "sqlite"

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"

    def url(self, name: str) -> str:
        return f"sqlite:///{self._path(name)}"

    def create(self, name: str) -> None:
        self.drop(name)

    def copy(self, name: str, to: str) -> None:
        self.drop(to)
        shutil.copyfile(self._path(name), self._path(to))

    def drop(self, name: str) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{self._path(name)}{ending}").unlink(missing_ok=True)


class Postgresql(Databases):
    vendor = "postgresql"
    server = SERVER

    def _name(self, name: str) -> str:
        return f"bench_{os.getpid()}_{name}"

    def url(self, name: str) -> str:
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{self._name(name)}"))

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)

    def create(self, name: str) -> None:
        self.drop(name)
        self._run(f"CREATE DATABASE {self._name(name)}")

    def copy(self, name: str, to: str) -> None:
        self.drop(to)
        self._run(
            f"CREATE DATABASE {self._name(to)} TEMPLATE {self._name(name)} STRATEGY file_copy"
        )

    def drop(self, name: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {self._name(name)} WITH (FORCE)")


KINDS = {kind.vendor: kind for kind in (Sqlite, Postgresql)}
