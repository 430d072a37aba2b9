"""The cast on the second working day after October 2026, and files of hers."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from accounts.models import Person, User
from core import clock
from customers.models import Customer
from tests import cast
from tests.builders import customer
from tests.cast import SHE


@pytest.fixture
def people(db: Any, settings: Any, tmp_path: Any) -> Iterator[dict[str, Person]]:
    settings.MEDIA_ROOT = tmp_path / "files"
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


@pytest.fixture
def hers(people: dict[str, Person]) -> Customer:
    """One she has had for years."""
    return customer("K1", people[SHE])


@pytest.fixture
def her_new_file(people: dict[str, Person]) -> Customer:
    return Customer.objects.create(
        customer_no="K00007",
        name="杭州恒达五金有限公司",
        owner=people[SHE],
        created_on=date(2026, 11, 2),
    )


def user(no: str = SHE) -> User:
    return User.objects.select_related("person").get(username=no)
