"""The company once as a template, and a copy of it with a program of its own for each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import migrated
from tests.browser import databases
from tests.faults.books import Books
from tests.faults.program import Program
from tests.faults.servers import running_redis

# Each database has faults of its own.
collect_ignore = ["test_full_disk.py" if databases.is_postgres() else "test_servers.py"]


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the database every test begins with; nobody touches it."""
    with databases.copy_of(migrated.template(), tmp_path_factory.mktemp("company")) as url:
        yield Books.made(url, tmp_path_factory.mktemp("making"))


Launch = Callable[..., Books]


@pytest.fixture
def launch(company: str, tmp_path: Path, django_db_blocker) -> Iterator[Launch]:
    """Makes a program on a copy of the company: its folder, its database, its broker.

    On SQLite it runs embedded, with the broker in a folder; on PostgreSQL with a Redis of its own.
    """
    with django_db_blocker.unblock(), ExitStack() as open_things:

        def launched(name: str = "program", *, guards_off: str = "", **more: str) -> Books:
            folder = tmp_path / name
            folder.mkdir()
            redis = None
            if databases.is_postgres():
                redis = open_things.enter_context(running_redis(folder))
            database = open_things.enter_context(databases.copy_of(company, folder))
            program = Program(folder, database, redis, guards_off, more)
            open_things.callback(program.kill_all)
            return open_things.enter_context(Books.of(program, company))

        yield launched
