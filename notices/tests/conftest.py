from ipaddress import ip_network

import pytest

from notices.tests.receiver import receiving
from tests.cast import people_make


@pytest.fixture
def people(db):
    return people_make()


@pytest.fixture
def receiver(settings):
    settings.HOOKS_ALLOW = [ip_network("127.0.0.0/8")]
    settings.LANGUAGE_CODE = "en"
    settings.PUBLIC_URL = "https://sales.example.com"
    with receiving() as it:
        yield it
