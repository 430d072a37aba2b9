"""Doors that know nothing of salespeople."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.urls import reverse

from core.files import disk
from core.models import StoredFile
from tests.access.door import Door, plain, those
from tests.access.world import EVERYBODY, HER_FILE, World
from tests.cast import SHE

CONTENT = "content of hers"


def is_owner(user: Any, file: StoredFile) -> bool:
    """Who may open a file of the kind `door`: whose it is."""
    return bool(user.person and user.person.employee_no == file.owner)


def her_file(name: str):
    """Each kind of file says who may open it (its app's doors): this one is hers alone."""

    def address(world: World) -> str:
        settings.FILE_KINDS["door"] = f"{__name__}.is_owner"
        found = StoredFile.objects.get(name=HER_FILE)
        for thumbnail in (False, True):
            disk.write(disk.path_of(found.pk, thumbnail=thumbnail), BytesIO(CONTENT.encode()))
        return reverse(name, args=[found.pk])

    return address


DOORS = {
    "home": Door(plain("home"), get=EVERYBODY, nobody=200),
    # Everybody finds what is theirs to see: her order's number has these figures in it.
    "search": Door(lambda world: reverse("search") + "?q=7391", get=EVERYBODY, nobody=200),
    "set_language": Door(
        plain("set_language"), post=EVERYBODY, is_open=True, data=lambda world: {"language": "en"}
    ),
    "health_live": Door(plain("health_live"), get=EVERYBODY, is_open=True, is_page=False),
    "health_ready": Door(plain("health_ready"), get=EVERYBODY, is_open=True, is_page=False),
    # Nothing beats in a test: 503 is their answer, to whoever asks.
    "health_worker": Door(
        plain("health_worker"), get=EVERYBODY, is_open=True, lands=503, is_page=False
    ),
    "health_beat": Door(
        plain("health_beat"), get=EVERYBODY, is_open=True, lands=503, is_page=False
    ),
    "file": Door(
        her_file("file"),
        get=those(SHE),
        hidden=True,
        is_page=False,
        shows=lambda world: CONTENT,
    ),
    "file_thumbnail": Door(
        her_file("file_thumbnail"),
        get=those(SHE),
        hidden=True,
        is_page=False,
        shows=lambda world: CONTENT,
    ),
    # By address or token (tests/operations), never by who is signed in.
    "metrics": Door(plain("metrics"), get=EVERYBODY, is_open=True, is_page=False),
}
