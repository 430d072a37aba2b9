"""Every address × everybody × every method, against the declared table (ORG-1).

Allowed: it is really done, with her own object. Refused: the object exists and belongs to another;
nothing is written, and no word of hers is in the answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.door import Door
from tests.access.doors import DOORS
from tests.access.world import (
    ACTORS,
    ANYBODY,
    EVERYBODY,
    NOBODY,
    World,
    browser_of,
    undone,
)
from tests.cast import MATE, OTHER_SUPERVISOR, SHE

pytestmark = pytest.mark.django_db  # which says that this module needs a database
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
# What Python decides is walked on SQLite. On PostgreSQL comes what its own answer makes: what is
# read and what is sent, by whom a door is for, by whose it is, and by two who are strangers to it.
WALKS_ALL = connection.vendor == "sqlite"
ASKED = METHODS if WALKS_ALL else ("get", "post")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|COPY|MERGE)\b", re.IGNORECASE)
OWN_STATE = ("django_session", "axes_")  # of the connection itself, not of the company


@dataclass(frozen=True)
class Request:
    """What is sent to a door, whoever sends it and however."""

    address: str
    data: Mapping[str, Any]


def names_of(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names_of(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}" if pattern.name else f"without a name: {pattern.pattern}"


def test_every_address_is_declared():
    """Whoever adds an address says here who may come to it."""
    addresses = set(names_of(get_resolver().url_patterns))
    assert addresses - set(DOORS) == set()
    assert set(DOORS) - addresses == set()


@pytest.mark.parametrize("name", DOORS)
def test_each_door(world: World, name: str) -> None:
    """All that is wrong with a door is told at once; every attempt is undone."""
    door = DOORS[name]
    request = Request(door.address(world), door.data(world))
    wrong: dict[str, str] = {}
    for actor in _asking(door):
        browser = browser_of(actor)
        for method in ASKED:
            with undone():
                try:
                    _attempt(world, door, browser, actor, method, request)
                except AssertionError as error:
                    wrong[f"{actor} {method}"] = str(error)[:600]
            if door.ends_session and method == "post":
                browser = browser_of(actor)
    assert wrong == {}


def _asking(door: Door) -> Iterable[str]:
    if WALKS_ALL:
        return ACTORS
    let_in = [min(actors) for actors in (door.get, door.post) if actors]
    return dict.fromkeys((*let_in, SHE, MATE, OTHER_SUPERVISOR))


def _attempt(
    world: World, door: Door, browser: Client, actor: str, method: str, request: Request
) -> None:
    allowed = {"get": door.get, "post": door.post}.get(method)
    if actor == ANYBODY and not door.is_open:
        _sent_to_sign_in(world, browser, method, request.address)
    elif allowed is None:
        _gives_nothing(world, door, browser, actor, method, request)
    elif actor in allowed or door.is_open or (actor == NOBODY and door.nobody):
        _let_in(world, door, browser, actor, method, request)
    else:
        _refused(world, door, browser, actor, method, request)


def _let_in(
    world: World, door: Door, browser: Client, actor: str, method: str, request: Request
) -> None:
    if method == "post":
        before = door.effect(world) if door.effect else None
        answer = _ask(browser, method, request.address, request.data)
        assert answer.status_code in (200, 201, 204, 302, 303), _told(answer)
        if door.effect:
            assert door.effect(world) != before, f"nothing came of it: {_told(answer)}"
        _says_nothing_of_hers(world, actor, answer, door.tells)
        return
    answer = _ask(browser, method, request.address)
    assert answer.status_code == _lands(door, actor), _told(answer)
    if method == "get" and actor in EVERYBODY:
        assert door.shows(world) in _body(answer)
    _says_nothing_of_hers(world, actor, answer, door.tells)


def _lands(door: Door, actor: str) -> int:
    if actor == ANYBODY:
        return door.anybody or door.lands
    return door.nobody or door.lands if actor == NOBODY else door.lands


def _refused(
    world: World, door: Door, browser: Client, actor: str, method: str, request: Request
) -> None:
    answer = _writes_nothing(browser, method, request.address, request.data)
    is_hidden = door.hidden and actor not in door.sees
    assert answer.status_code == (404 if is_hidden else 403), _told(answer)
    _says_nothing_of_hers(world, actor, answer)


def _gives_nothing(
    world: World, door: Door, browser: Client, actor: str, method: str, request: Request
) -> None:
    """A method that is not there; HEAD and OPTIONS may be, and give no more than a GET."""
    answer = _writes_nothing(browser, method, request.address, request.data)
    if method not in ("head", "options"):
        # 401: what asks for another key than a login.
        assert answer.status_code in (401, 403, 404, 405), _told(answer)
    _says_nothing_of_hers(world, actor, answer)


def _sent_to_sign_in(world: World, browser: Client, method: str, address: str) -> None:
    actor = ANYBODY
    answer = _writes_nothing(browser, method, address)
    assert answer.status_code == 302, _told(answer)
    assert answer.headers["Location"].startswith("/login/")
    _says_nothing_of_hers(world, actor, answer)
    fragment = Client(headers={"HX-Request": "true"})
    assert "HX-Redirect" in _writes_nothing(fragment, method, address).headers


def _writes_nothing(browser: Client, method: str, address: str, data: Any = None) -> HttpResponse:
    with CaptureQueriesContext(connection) as asked:
        answer = _ask(browser, method, address, data)
    written = [
        query["sql"]
        for query in asked
        if WRITES.match(query["sql"]) and not any(own in query["sql"] for own in OWN_STATE)
    ]
    assert written == []
    return answer


def _ask(browser: Client, method: str, address: str, data: Any = None) -> HttpResponse:
    for value in (data or {}).values():
        for each in value if isinstance(value, list) else [value]:
            if hasattr(each, "seek"):
                each.seek(0)  # a file that was sent before
    found: HttpResponse = getattr(browser, method)(address, *([data] if method == "post" else []))
    if found.streaming:
        found.told = b"".join(found.streaming_content)  # type: ignore[attr-defined]
    assert found.status_code < 500 or found.status_code == 503, _told(found)
    return found


def _says_nothing_of_hers(
    world: World, actor: str, answer: HttpResponse, told: tuple[str, ...] = ()
) -> None:
    # A name in a header is quoted, in Chinese or not.
    said = _body(answer) + unquote(str(dict(answer.headers)))
    assert [word for word in world.secrets_from(actor) if word in said and word not in told] == []


def _body(answer: HttpResponse) -> str:
    if answer.streaming:
        return answer.told.decode("utf-8", "replace")  # type: ignore[attr-defined, no-any-return]
    return answer.content.decode("utf-8", "replace")


def _told(answer: HttpResponse) -> str:
    return f"{answer.status_code} {_body(answer)[:2000]}"
