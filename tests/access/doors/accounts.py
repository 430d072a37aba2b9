"""Doors of signing in."""

from tests.access.door import Door, plain
from tests.access.world import EVERYBODY

DOORS = {
    # Whoever is in already goes on to the desk.
    "login": Door(
        plain("login"), get=EVERYBODY, post=EVERYBODY, is_open=True, lands=302, anybody=200
    ),
    "logout": Door(plain("logout"), post=EVERYBODY, ends_session=True, nobody=302),
}
