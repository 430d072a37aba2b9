"""Doing things at once, each with a connection of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from threading import Barrier
from types import ModuleType
from typing import Any
from unittest.mock import patch

from django.db import connection

from tests.faults.ledger import looking_at

PATIENCE = 60


def fewer_on_sqlite(most: int) -> int:
    """How often a race is run: where one writes at a time, fewer rounds show as much."""
    return most if connection.vendor == "postgresql" else max(2, most // 4)


def at_once(url: str, *doings: Callable[[], Any]) -> list[Any]:
    """All of them from the same moment on; gives what each returned or raised."""
    start = Barrier(len(doings))

    def one(doing: Callable[[], Any]) -> Any:
        with looking_at(url):
            start.wait(PATIENCE)
            try:
                return doing()
            except Exception as error:
                return error

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(one, doings, timeout=PATIENCE))


def elsewhere(url: str, doing: Callable[[], Any]) -> Any:
    """Somebody else does it, and has done it when this returns."""
    (found,) = at_once(url, doing)
    if isinstance(found, Exception):
        raise found
    return found


@contextmanager
def after_reading(
    module: ModuleType, happens: Callable[[], Any], *, which: int = 0
) -> Iterator[list[Any]]:
    """Something happens once, after `module` has read for that time and before it writes.

    Yields what came of it, empty as long as it has not happened.
    """
    read_snapshot = module.read_snapshot
    came_of_it: list[Any] = []
    turns = count()

    @contextmanager
    def watched() -> Iterator[None]:
        with read_snapshot():
            yield
        if next(turns) == which:
            came_of_it.append(happens())

    with patch.object(module, "read_snapshot", watched):
        yield came_of_it
