"""The world the matrix walks over, for every test that walks over it."""

from collections.abc import Iterator
from typing import Any

import pytest

from core import clock
from tests import cast
from tests.access.world import World, undone, world_make


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Refusals are what is looked for."""
    caplog.set_level("CRITICAL", logger="django.request")


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The world stands once for all doors: what is done at one of them is undone."""
    with django_db_blocker.unblock(), undone(), clock.set_to(cast.CLOSED_AT):
        world_make()
        yield


@pytest.fixture
def world(built: None) -> Iterator[World]:
    with undone():
        yield World()
