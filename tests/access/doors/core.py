"""Doors that know nothing of salespeople."""

from django.urls import reverse

from tests.access.door import Door, plain
from tests.access.world import EVERYBODY

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
    # By address or token (tests/operations), never by who is signed in.
    "metrics": Door(plain("metrics"), get=EVERYBODY, is_open=True, is_page=False),
}
