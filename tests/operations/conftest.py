"""Databases of their own for processes of their own: made once, copied, thrown away."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import migrated
from tests.browser import databases
from tests.browser.program import environment, manage
from tests.operations.processes import Place


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a migrated database on which the cast closed October."""
    folder = tmp_path_factory.mktemp("stage")
    with databases.copy_of(migrated.template(), folder) as url:
        env = environment(folder, url)
        manage(env, "-m", "tests.browser.stage", "--closed")
        yield url


def _english(env: dict[str, str]) -> dict[str, str]:
    # The tests' settings differ in nothing else that matters to a process of its own.
    return env | {"DJANGO_SETTINGS_MODULE": "salesforce.testing"}


@pytest.fixture
def place(stage: str, tmp_path: Path) -> Iterator[Place]:
    """A copy of the stage to work on."""
    with databases.copy_of(stage, tmp_path) as url:
        yield Place(tmp_path, _english(environment(tmp_path, url)))


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Place]:
    """A database in which nothing was ever made."""
    folder = tmp_path / "bare"
    folder.mkdir()
    with databases.empty(folder) as url:
        yield Place(folder, _english(environment(folder, url)))


@pytest.fixture(scope="session", autouse=True)
def client_programs() -> None:
    if databases.is_postgres() and not shutil.which("pg_dump"):
        pytest.fail("PostgreSQL's client programs are needed")
