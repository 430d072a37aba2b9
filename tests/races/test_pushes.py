"""Many attendance machines push at once, some of them the same message twice (ATT-1).

`PUSH_DEVICES=200` for the whole of it; a few by default.
"""

import http.client
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from django.db import IntegrityError, connection

from accounts.models import Person
from attendance.models import Device, DevicePush, Punch
from attendance.services import pushing
from attendance.services.devices import device_add
from attendance.services.pushing import punches_take
from tests.builders import at
from tests.races.at_once import elsewhere
from tests.races.clients import PATIENCE, Answer, all_at_once, pages, rounds

DEVICES = rounds("PUSH_DEVICES", 16)
ROWS = 50
SHARED = 10  # of a machine's punches are those of the machine beside it too
WORKERS = 16
START = at("2024-03-04 08:30")

Row = tuple[str, str]


@dataclass(frozen=True)
class Machine:
    """A machine, its token and the message it sends."""

    device: Device
    token: str
    rows: Sequence[Row]

    def send(self, port: int) -> Answer:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Accept-Language": "en",
        }
        try:
            link.request("POST", "/api/attendance/punches", json.dumps(message(self.rows)), headers)
            answer = link.getresponse()
            return Answer(answer.status, answer.read().decode(), "")
        finally:
            link.close()


def message(rows: Sequence[Row]) -> dict[str, Any]:
    return {"punches": [{"employee_no": no, "at": when} for no, when in rows]}


def machines() -> list[Machine]:
    """Each with 50 punches; the last of one are the first of the next."""
    hired = START.date()
    people = list(
        Person.objects.filter(hired_on__lte=hired, left_on=None)
        .order_by("id")
        .values_list("employee_no", flat=True)[:40]
    )
    found = []
    for n in range(DEVICES):
        device, token = device_add(name=f"race {n}", place="", actor=None)
        numbers = range(n * (ROWS - SHARED), n * (ROWS - SHARED) + ROWS)
        rows = [
            (people[i % len(people)], (START + timedelta(seconds=7 * i)).isoformat())
            for i in numbers
        ]
        found.append(Machine(device, token, rows if n % 2 else rows[::-1]))
    return found


def test_nothing_is_lost_and_nothing_doubled(books: str, tmp_path: Path):
    every = machines()
    sent = [each for n, each in enumerate(every) for _time in range(2 if n % 4 == 0 else 1)]
    wanted = {row for each in every for row in each.rows}
    before = Punch.objects.count()
    with pages(tmp_path, books, workers=WORKERS) as port:
        started = perf_counter()
        answers = all_at_once([lambda each=each: each.send(port) for each in sent])
        took = perf_counter() - started
    assert {answer.status for answer in answers} == {200}, [a for a in answers if a.status != 200]
    told = [json.loads(answer.body) for answer in answers]
    assert sum(each["new"] for each in told) == len(wanted)
    assert sum(each["new"] + each["known"] for each in told) == len(sent) * ROWS
    assert all(each["wrong"] == [] for each in told)
    stored = [
        (no, when.isoformat())
        for no, when in Punch.objects.filter(device__in=[each.device for each in every])
        .order_by("id")
        .values_list("person__employee_no", "at")
    ]
    assert len(stored) == len(set(stored))
    assert set(stored) == wanted
    assert Punch.objects.count() == before + len(wanted)
    kept = DevicePush.objects.values_list("new", "known", "wrong")
    assert len(kept) == len(sent)
    assert sum(new for new, _known, _wrong in kept) == len(wanted)
    print(
        f"\n{DEVICES} machines, {len(sent)} messages of {ROWS} punches at once on "
        f"{connection.vendor}: {took:.1f} s, {len(wanted)} punches"
    )


def test_control_who_looks_first_loses_what_they_brought(books: str, monkeypatch):
    """Without the constraint's word the second of two, who looked before the first wrote, is an
    error: what it brought besides is lost."""
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time: nobody comes between")
    one, other = machines()[:2]

    def look_and_add(device: Device, good: Any, now: Any) -> list[Any]:
        there = set(Punch.objects.values_list("person", "at"))
        fresh = [row for row in dict.fromkeys(good) if row not in there]
        if device == one.device:
            elsewhere(books, lambda: punches_take(device=other.device, rows=told(other)))
        Punch.objects.bulk_create(
            Punch(person_id=person, at=when, device=device, source="device", came_at=now)
            for person, when in fresh
        )
        return [when for _person, when in fresh]

    def told(machine: Machine) -> list[Any]:
        return message(machine.rows)["punches"]

    monkeypatch.setattr(pushing, "_insert", look_and_add)
    with pytest.raises(IntegrityError, match="punch_once"):
        punches_take(device=one.device, rows=told(one))
    assert Punch.objects.filter(device=one.device).count() == 0
