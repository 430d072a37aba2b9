"""The cast on the second working day after October 2026, and an order of hers."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from accounts.models import Person
from core import clock
from orders.models import Order
from policy.models import PolicyParameter
from tests import cast
from tests.builders import order
from tests.cast import SHE


@pytest.fixture
def people(db: Any, settings: Any, tmp_path: Any) -> Iterator[dict[str, Person]]:
    settings.MEDIA_ROOT = tmp_path / "files"
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


@pytest.fixture
def hers(people: dict[str, Person]) -> Order:
    """Of 50,000 yuan, signed, with 10,000 delivered."""
    return order(people[SHE], "D00007", delivered={"2026-10-12": "10000.00"})


@pytest.fixture
def floor(people: Any) -> None:
    """Ten percent, for ever."""
    PolicyParameter.objects.create(
        effective_on=date(2026, 1, 1), parameter="margin_floor", value="0.10"
    )
