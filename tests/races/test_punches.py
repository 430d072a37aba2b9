"""A double tap reaches two processes at once: one punch, and both are told of it (ATT-1)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from accounts.querysets import PersonQuerySet
from attendance.models import Punch
from attendance.services.punching import Tapped, punch_make
from core import clock
from tests.races.at_once import at_once, elsewhere
from tests.races.october import she

ROUNDS = 4


def punches_now() -> int:
    return Punch.objects.filter(person=she(), source="web").count()


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_tap_twice_at_once(books, turn):
    person, token = she(), uuid4()
    came = at_once(books, *(lambda: punch_make(person=person, token=token) for _ in range(2)))
    assert all(isinstance(each, Tapped) for each in came), came
    assert came[0].punch == came[1].punch
    assert sorted(each.made for each in came) == [False, True]
    assert punches_now() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_taps_at_once_are_one_punch(books, turn):
    """From two pages, each with a token of its own."""
    person = she()
    came = at_once(books, *(lambda: punch_make(person=person, token=uuid4()) for _ in range(3)))
    assert all(isinstance(each, Tapped) for each in came), came
    assert sorted(each.made for each in came) == [False, False, True]
    assert punches_now() == 1


def test_control_without_the_lock_both_are_made(books, monkeypatch):
    """Who looked for one's last punch before the other tap wrote makes a second."""
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time: nobody comes between")
    person, now, make = she(), clock.now(), Punch.objects.get_or_create

    def tap(seconds: int) -> Tapped:
        with clock.set_to(now + timedelta(seconds=seconds)):
            return punch_make(person=person, token=uuid4())

    def after_the_other(**said: Any) -> Any:
        monkeypatch.setattr(Punch.objects, "get_or_create", make)
        elsewhere(books, lambda: tap(2))
        return make(**said)

    monkeypatch.setattr(PersonQuerySet, "select_for_update", lambda rows, **said: rows)
    monkeypatch.setattr(Punch.objects, "get_or_create", after_the_other)
    assert tap(0).made
    assert punches_now() == 2
