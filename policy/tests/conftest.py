"""The cast of the pages; the company's clock stands on 2 November 2026."""

from collections.abc import Iterator

import pytest

from core import clock
from tests import cast


@pytest.fixture
def people(db) -> Iterator[None]:
    with clock.set_to(cast.CLOSED_AT):
        cast.people_make()
        yield
