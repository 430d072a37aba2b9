"""A copy of the company of the fault tests, committed to for real, for each race."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import databases
from tests.faults.conftest import company  # noqa: F401  # the fixture itself
from tests.faults.ledger import looking_at


@pytest.fixture
def books(company: str, tmp_path: Path, django_db_blocker) -> Iterator[str]:  # noqa: F811
    """The address of a database of this test's own, which this thread looks at."""
    with (
        django_db_blocker.unblock(),
        databases.copy_of(company, tmp_path) as url,
        looking_at(url),
    ):
        yield url
