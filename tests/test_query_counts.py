"""No page asks more than it did, and none because there is more (tests/query_counts.py)."""

import json
import os
from typing import Any

import pytest
from django.db import connection

from core import clock
from tests import cast
from tests.access.doors import DOORS
from tests.access.world import undone, world_make
from tests.query_counts import COMMITTED, RENEW, committed, counted, rows_add

pytestmark = pytest.mark.django_db  # which says that this module needs a database
Counts = dict[str, int]
# How many rows are many: a number of queries is the same on either database, its plans are slower.
MANY = 100 if connection.vendor == "postgresql" else 1000


@pytest.fixture(scope="module")
def counts(django_db_setup: None, django_db_blocker: Any) -> dict[int, Counts]:
    """The queries of every page: in the matrix's world, and with 10 and `MANY` rows behind it.

    One world for all three: what is built once is counted, then grows.
    """
    with django_db_blocker.unblock(), undone(), clock.set_to(cast.CLOSED_AT):
        world = world_make()
        found = {0: counted(world)}
        if os.environ.get(RENEW):
            COMMITTED.write_text(json.dumps(found[0], indent=0, sort_keys=True) + "\n")
        rows_add(world, 0, 10)
        found[10] = counted(world)
        rows_add(world, 10, MANY)
        found[MANY] = counted(world)
    return found


def test_every_page_asks_as_many_as_committed(counts: dict[int, Counts]) -> None:
    assert counts[0] == committed(), "if that is meant: python -m tests.query_counts"


def test_a_page_asks_the_same_with_many_times_the_rows(counts: dict[int, Counts]) -> None:
    # A file is read a stretch at a time, so that few of its rows are in memory.
    pages = {name for name, door in DOORS.items() if door.is_page}
    few, many = (
        {each: n for each, n in counts[rows].items() if each.partition(" ")[0] in pages}
        for rows in (10, MANY)
    )
    assert {name: (few[name], many[name]) for name in few if few[name] != many[name]} == {}
