"""The database as one file, and back: each of the two by its own means, safe under writes."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

PATIENCE = 60.0
# A program of PostgreSQL 17 or newer says this to a server that may not know it yet.
_TOO_NEW = b"SET transaction_timeout = 0;\n"


class CannotDump(Exception):
    """The database cannot be written out or read in; the message says why."""


def dump(target: Path) -> None:
    """Write the database as it is at one instant, whoever writes meanwhile."""
    (_postgresql_dump if connection.vendor == "postgresql" else _sqlite_dump)(target)


def check(dumped: Path) -> None:
    """Raise `CannotDump` unless the file is a database that can be read in."""
    (_postgresql_check if connection.vendor == "postgresql" else _sqlite_check)(dumped)


def load(dumped: Path) -> None:
    """Put the file in the place of the whole database, in one transaction: all of it or nothing."""
    (_postgresql_load if connection.vendor == "postgresql" else _sqlite_load)(dumped)
    # What this connection knows of tables and plans is of the database before.
    connection.close()


def _sqlite_dump(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        # One step: a copy in several would begin anew with each write of somebody else.
        connection.connection.backup(copy, progress=_patient(PATIENCE))
        copy.execute("PRAGMA journal_mode=DELETE")


def _sqlite_check(dumped: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{dumped}?mode=ro", uri=True)) as copy:
            sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            copy.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise CannotDump(_("the database in the backup is damaged"))


def _sqlite_load(dumped: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(f"file:{dumped}?mode=ro", uri=True)) as copy:
        try:
            # Into the file that running processes have open, not a new one they would not see.
            copy.backup(connection.connection, progress=_patient(PATIENCE))
        except sqlite3.Error as error:
            raise CannotDump(
                _("the database could not be written: %(why)s") % {"why": error}
            ) from error


def _patient(seconds: float) -> Callable[[int, int, int], None]:
    """Python waits for ever for a database that is locked; this gives up."""
    deadline = time.monotonic() + seconds

    def look(status: int, remaining: int, total: int) -> None:
        if time.monotonic() > deadline:
            raise CannotDump(_("the database is locked: stop the program first"))

    return look


def _postgresql_dump(target: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _postgresql_check(dumped: Path) -> None:
    _run("pg_restore", "--list", str(dumped), connect=False)


def _postgresql_load(dumped: Path) -> None:
    with tempfile.TemporaryDirectory(dir=dumped.parent) as folder:
        script, known = Path(folder) / "all.sql", Path(folder) / "known.sql"
        options = ("--no-owner", "--no-privileges", f"--file={script}")
        _run("pg_restore", *options, str(dumped), connect=False)
        connection.ensure_connection()
        with script.open("rb") as all_lines, known.open("wb") as kept:
            kept.write(b"DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n")
            kept.writelines(line for line in all_lines if not _is_too_new(line))
            kept.write(b"ANALYZE;\n")
        connection.close()
        _run("psql", "--no-psqlrc", "--quiet", "--single-transaction",
             "--set=ON_ERROR_STOP=1", f"--file={known}", "--output=/dev/null")  # fmt: skip


def _is_too_new(line: bytes) -> bool:
    return line == _TOO_NEW and connection.pg_version < 170000  # type: ignore[attr-defined]


def _run(program: str, *options: str, connect: bool = True) -> None:
    """Run one of PostgreSQL's own programs; the password goes by the environment."""
    if not (found := shutil.which(program)):
        raise CannotDump(
            _("%(program)s is not installed: PostgreSQL's client programs are needed")
            % {"program": program}
        )
    arguments, secrets = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    # Whoever still works on the tables is waited for, but not for ever.
    env = {**os.environ, "PGOPTIONS": "-c lock_timeout=20s", **(secrets or {})}
    target = [*arguments[1:-1], f"--dbname={arguments[-1]}"] if connect else []
    done = subprocess.run([found, *target, *options], env=env, capture_output=True, check=False)
    if done.returncode:
        raise CannotDump(
            _("%(program)s failed: %(why)s")
            % {"program": program, "why": done.stderr.decode(errors="replace").strip()[-600:]}
        )
