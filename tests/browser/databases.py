"""A database of its own for each program under test: made once as a template, then copied.

Nothing is flushed (Django's flush would meet the append-only triggers): copies are thrown away.
"""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
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


def kept(folder: Path, name: str, state: str, made: Callable[[str], None]) -> str:
    """The address of a database of that name in that state, made where there is none yet.

    Others of the name go. Half made it has another name.
    """
    if not is_postgres():
        found = folder / f"{name}_{state}.sqlite3"
        if not found.exists():
            for old in folder.glob("*.sqlite3*"):
                old.unlink()
            made(f"sqlite:///{folder / 'making.sqlite3'}")
            (folder / "making.sqlite3").rename(found)
        return f"sqlite:///{found}"
    wanted = f"{name}_{state}"
    there = _execute(f"SELECT datname FROM pg_database WHERE datname LIKE '{name}_%'")
    if (wanted,) not in there:
        for (old,) in there:
            _execute(f"DROP DATABASE {old} WITH (FORCE)")
        _execute(f"CREATE DATABASE {name}_making")
        made(_renamed(os.environ["DATABASE_URL"], f"{name}_making"))
        _execute(f"ALTER DATABASE {name}_making RENAME TO {wanted}")
    return _renamed(os.environ["DATABASE_URL"], wanted)


@contextmanager
def copy_of(template: str, folder: Path) -> Iterator[str]:
    """The address of a copy, gone afterwards."""
    if is_postgres():
        with _postgres_database(template=name_of(template)) as url:
            yield url
    else:
        # A clean close has folded the write-ahead log into the one file.
        copy = folder / "copy.sqlite3"
        shutil.copyfile(path_of(template), copy)
        yield f"sqlite:///{copy}"


@contextmanager
def _postgres_database(*, template: str | None) -> Iterator[str]:
    name = f"browser_{uuid.uuid4().hex[:12]}"
    _execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    try:
        yield _renamed(os.environ["DATABASE_URL"], name)
    finally:
        _execute(f"DROP DATABASE {name} WITH (FORCE)")


def _execute(statement: str) -> list[tuple[Any, ...]]:
    import psycopg

    with psycopg.connect(_renamed(os.environ["DATABASE_URL"], "postgres"), autocommit=True) as link:
        answer = link.execute(statement)
        return answer.fetchall() if answer.description else []


def name_of(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def path_of(url: str) -> str:
    return url.removeprefix("sqlite:///")


def _renamed(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
