"""A database of its own for each program under test: made once as a template, then copied.

Nothing is flushed (Django's flush would meet the append-only triggers): copies are thrown away.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


def is_postgres() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


@contextmanager
def empty(folder: Path) -> Iterator[str]:
    """The address of a new, empty database."""
    if is_postgres():
        with _postgres_database(template=None) as url:
            yield url
    else:
        yield f"sqlite:///{folder / 'template.sqlite3'}"


@contextmanager
def copy_of(template: str, folder: Path) -> Iterator[str]:
    """The address of a copy, gone afterwards."""
    if is_postgres():
        with _postgres_database(template=_name(template)) as url:
            yield url
    else:
        # A clean close has folded the write-ahead log into the one file.
        kept = folder / "copy.sqlite3"
        shutil.copyfile(template.removeprefix("sqlite:///"), kept)
        yield f"sqlite:///{kept}"


@contextmanager
def _postgres_database(*, template: str | None) -> Iterator[str]:
    name = f"browser_{uuid.uuid4().hex[:12]}"
    _execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    try:
        yield _renamed(os.environ["DATABASE_URL"], name)
    finally:
        _execute(f"DROP DATABASE {name} WITH (FORCE)")


def _execute(statement: str) -> None:
    import psycopg

    with psycopg.connect(_renamed(os.environ["DATABASE_URL"], "postgres"), autocommit=True) as link:
        link.execute(statement)  # type: ignore[call-overload]


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _renamed(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
