"""The company's clock stands on the second working day after October 2026."""

from collections.abc import Iterator

import pytest

from core import clock
from tests import cast


@pytest.fixture
def people(db) -> Iterator[None]:
    with clock.set_to(cast.CLOSED_AT):
        cast.people_make()
        yield


@pytest.fixture
def closed(people) -> None:
    cast.closed_month()
