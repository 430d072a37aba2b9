"""Two workers look at unpaid deliveries at once: each delivery has one row, and it is right."""

import re
from contextlib import nullcontext
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from core import clock
from core.jobs import job_request
from core.models import JobRun
from receivables.models import UnpaidDelivery
from receivables.services import unpaid as service
from receivables.tasks import unpaid_run
from tests.races.at_once import PATIENCE, at_once

AS_OF = date(2026, 11, 1)
ROUNDS = 8


def converge() -> Any:
    return service.unpaid_converge(as_of=AS_OF)


def rows() -> list[tuple[Any, ...]]:
    fields = [f.attname for f in UnpaidDelivery._meta.concrete_fields if f.name != "id"]
    return sorted(UnpaidDelivery.objects.order_by().values_list(*fields), key=str)


def test_twice_at_once_it_is_one_row_each(books):
    converge()
    alone = rows()
    assert len(alone) > 20
    for _round in range(ROUNDS):
        UnpaidDelivery.objects.all().delete()
        results = at_once(books, converge, converge, converge)
        assert not [found for found in results if isinstance(found, Exception)], results
        assert not [found for found in results if found.set_aside], results
        assert rows() == alone
        assert sum(found.new for found in results) == UnpaidDelivery.objects.open().count()


def test_control_without_waiting_and_unique_key_all_stands_twice(books, monkeypatch):
    """Either of the two would do: who comes second would read again, or be refused."""
    converge()
    alone = len(rows())
    UnpaidDelivery.objects.all().delete()
    with connection.cursor() as cursor:
        _drop_unique(cursor)
    read, meet = service.standing_of, Barrier(2)

    def read_together(orders: Any) -> Any:
        found = read(orders)
        meet.wait(PATIENCE)
        return found

    monkeypatch.setattr(service, "_alone", nullcontext)
    monkeypatch.setattr(service, "standing_of", read_together)
    monkeypatch.setattr(service._Change, "write", _insert)
    at_once(books, converge, converge)
    assert len(rows()) == 2 * alone


def _insert(change: Any, _orders: Any, as_of: date) -> None:
    """As `write` would, without the key that makes a second row a correction of the first."""
    UnpaidDelivery.objects.bulk_create(change.rows(as_of))


def _drop_unique(cursor: Any) -> None:
    table = UnpaidDelivery._meta.db_table
    if connection.vendor == "postgresql":
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT unpaid_once")
        return
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
    ((made_by,),) = cursor.fetchall()
    without = re.sub(r', CONSTRAINT "unpaid_once" UNIQUE \([^)]*\)', "", made_by)
    assert without != made_by
    cursor.execute(f"DROP TABLE {table}")
    cursor.execute(without)


def test_two_workers_with_one_message_do_it_once(books, monkeypatch):
    calls: list[object] = []
    right = service.unpaid_converge

    def counted(**asked: Any) -> Any:
        calls.append(asked)
        return right(**asked)

    monkeypatch.setattr(service, "unpaid_converge", counted)
    with clock.set_to(None):
        run = job_request(kind="unpaid", subject="2026-11-01")
    results = at_once(books, *[lambda: unpaid_run(run.pk)] * 4)
    assert results == [None] * 4
    assert len(calls) == 1
    assert JobRun.objects.get(pk=run.pk).state == JobRun.State.DONE


@pytest.fixture(autouse=True)
def no_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.jobs.current_app.send_task", lambda *_a, **_k: None)
