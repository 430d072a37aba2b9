"""What every test begins with: a copy of a migrated database, and its own language."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.middleware import csrf
from django.utils import translation
from hypothesis import HealthCheck, settings

from payroll.groups import SIZE
from tests import migrated

# How fast examples come says how busy the machine is, and nothing about the rules.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

ROOM_IN_GROUP = """
    SELECT setval(seq.oid, (last_value / %(size)s + 1) * %(size)s)
    FROM accounts_person_id_seq, pg_class seq
    WHERE seq.relname = 'accounts_person_id_seq' AND last_value %% %(size)s > %(size)s - %(most)s
"""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """What pytest-django asks for before it creates the database."""
    with migrated.begun_with(connection):
        yield


@pytest.fixture(autouse=True)
def one_group(request: pytest.FixtureRequest) -> None:
    """The few people of a test are one group of a close: on PostgreSQL numbers go on counting from
    test to test, and now and then a company would straddle two, and close in parts."""
    if connection.vendor == "postgresql" and request.node.get_closest_marker("django_db"):
        request.getfixturevalue("django_db_setup")
        with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
            cursor.execute(ROOM_IN_GROUP, {"size": SIZE, "most": SIZE // 4})


@pytest.fixture(scope="session", autouse=True)
def plain_tokens() -> Iterator[None]:
    """A form's token is chance, and chance may spell a number that a test looks for in the page:
    the pages of this process hold one that spells nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csrf, "_get_new_csrf_string", lambda: "a" * csrf.CSRF_SECRET_LENGTH)
        yield


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A page asked for in Chinese leaves its thread speaking it: the next test begins anew."""
    yield
    translation.deactivate()
