"""What every test begins with: a copy of a migrated database, and its own language."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests import migrated

# How fast examples come says how busy the machine is, and nothing about the rules.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """What pytest-django asks for before it creates the database."""
    with migrated.begun_with(connection):
        yield


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A page asked for in Chinese leaves its thread speaking it: the next test begins anew."""
    yield
    translation.deactivate()
