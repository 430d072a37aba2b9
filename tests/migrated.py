"""A database with its tables and nothing in them, to be copied: migrating takes longer than most.

Made once for each state of the migrations, by whoever comes first, and kept: on SQLite a file
below `var`, on PostgreSQL a database beside the tests' own. The one before it goes.
"""

import fcntl
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.browser import databases
from tests.browser.program import ROOT, environment, manage

KEPT = ROOT / "var" / "migrated"
# What a migrated database depends on; triggers, permissions and the like are brought up to date
# by the `migrate` that follows on a copy.
DEPENDS_ON = ("*/migrations/*.py", "core/append_only.py", "requirements/*.txt", "tests/migrated.py")


def template() -> str:
    """Its address."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return databases.kept(KEPT, f"m{_digest(str(ROOT).encode())}", _state(), _migrate)


def _migrate(url: str) -> None:
    manage(environment(KEPT, url), "manage.py", "migrate", "-v", "0")


def _state() -> str:
    files = sorted(path for pattern in DEPENDS_ON for path in ROOT.glob(pattern))
    return _digest(b"".join(path.read_bytes() for path in files))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


@contextmanager
def begun_with(connection: Any) -> Iterator[None]:
    """Within, a test database that is created begins as a copy."""
    url = template()
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = databases.name_of(url)
        yield
        return
    # In memory it lives as long as somebody holds it.
    name = connection.creation._get_test_db_name()
    holds, copied = sqlite3.connect(name, uri=True), sqlite3.connect(databases.path_of(url))
    try:
        copied.backup(holds)
        copied.close()
        yield
    finally:
        holds.close()
