"""Two who want the last place of a training at once (TRAIN-1)."""

from collections.abc import Callable
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import Person, User
from core import clock
from reports.models import Enrolment, Training
from reports.services import trainings as enrolling
from reports.services.trainings import training_enrol
from tests.builders import at, day
from tests.races.at_once import PATIENCE, at_once

ROUNDS = 5
NOW = "2026-11-10 10:00"


def people() -> list[Person]:
    """Two salespeople of their own."""
    return [
        Person.objects.get_or_create(
            employee_no=no,
            defaults={"name": no, "roles": "salesperson", "hired_on": day("2024-01-01")},
        )[0]
        for no in ("Y998", "Y999")
    ]


def training(places: int = 1) -> Training:
    maker, _made = User.objects.get_or_create(username="race")
    return Training.objects.create(
        title=f"RACE-{uuid4().hex[:8]}",
        starts_at=at("2026-11-12 14:00"),
        ends_at=at("2026-11-12 16:00"),
        places=places,
        made_by=maker,
    )


def enrol(which: Training, person: Person) -> Callable[[], Any]:
    def done() -> Any:
        with clock.set_to(at(NOW)):
            return training_enrol(training=which, person=person)

    return done


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_want_the_last_place_at_once(books, turn):
    which = training()
    one, other = people()
    came = at_once(books, enrol(which, one), enrol(which, other))
    assert sorted(type(each).__name__ for each in came) == ["Enrolment", "ReportsRefused"], came
    assert Enrolment.objects.filter(training=which).count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_taps_twice_at_once(books, turn):
    which = training(places=2)
    one, _other = people()
    came = at_once(books, enrol(which, one), enrol(which, one))
    assert came[0] == came[1] == Enrolment.objects.get(training=which), came


def test_control_without_the_lock_both_get_it(books, monkeypatch):
    """Each counts before the other has written: two sit on one place."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time, lock or no lock")
    which, both_counted, right = training(), Barrier(2), enrolling.taken

    def counted(held: Training) -> int:
        found = right(held)
        both_counted.wait(PATIENCE)
        return found

    monkeypatch.setattr(enrolling, "training_locked", lambda pk: Training.objects.get(pk=pk))
    monkeypatch.setattr(enrolling, "taken", counted)
    one, other = people()
    came = at_once(books, enrol(which, one), enrol(which, other))
    assert [type(each).__name__ for each in came] == ["Enrolment", "Enrolment"], came
    assert Enrolment.objects.filter(training=which).count() == 2
