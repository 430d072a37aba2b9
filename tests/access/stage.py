"""Puts the matrix's world into the database of a program under test, and tells where its pages are.

`python -m tests.access.stage` prints, as JSON, each door's address and who may get it.
"""

import json
import os

import django


def pages() -> dict[str, dict[str, object]]:
    """The pages people open: by door, its address and who may get it."""
    from tests.access.doors import DOORS
    from tests.access.world import World

    world = World()
    return {
        name: {"address": door.address(world), "actors": sorted(door.get)}
        for name, door in DOORS.items()
        if door.get and door.is_page
    }


def set_the_stage() -> None:
    from django.contrib.auth.hashers import make_password

    from accounts.models import User
    from core import clock
    from tests import cast
    from tests.access.world import world_make
    from tests.browser.stage import PASSWORD

    with clock.set_to(cast.CLOSED_AT):
        world_make()
        User.objects.update(password=make_password(PASSWORD))
        print(json.dumps(pages()))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")
    django.setup()
    set_the_stage()
