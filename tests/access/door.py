"""What the declared table is made of: a door an address, and who may pass (ORG-1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from tests.access.world import World
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
)

Actors = frozenset[str]


def those(*actors: str) -> Actors:
    return frozenset(actors)


SALESPEOPLE = those(SHE, MATE, STRANGER)
SUPERVISORS = those(SUPERVISOR, OTHER_SUPERVISOR)
HER_PAY = those(SHE, SUPERVISOR, MANAGER, FINANCE, CASHIER, LEADER)
MONTHS = SUPERVISORS | those(MANAGER, FINANCE, CASHIER, LEADER)
BOOKS = those(MANAGER, FINANCE)
JOBS = BOOKS | those(LEADER, PERSONNEL)
MONEY = SALESPEOPLE | SUPERVISORS | those(MANAGER, LEADER, FINANCE, CASHIER)
GOODS = SALESPEOPLE | SUPERVISORS | those(MANAGER, LEADER, KEEPER)
ALL_PAY = those(MANAGER, FINANCE, CASHIER, LEADER)
ACCOUNTS = those(FINANCE, PERSONNEL)
NONE: Actors = frozenset()


@dataclass(frozen=True)
class Door:
    """One address: who may get it, who may post to it; none: the method is not there.

    `address`: of her object, where it is about one. `hidden`: a refusal is a 404 (a stranger's
    object is not there), else a 403 with its reason; who `sees` the object gets the reason.
    `is_open`: for whoever is not signed in, too.
    `nobody`, `anybody`: what a login of no person, and whoever is not signed in, gets, where that
    is no refusal and differs.
    `is_page`: people open it in a browser; not a file, a part of a page, or for machines.
    `lands`: what an allowed GET answers. `data`: what is posted, and it is taken: `effect` differs
    before and after. `shows`: what an allowed GET of her object has in it. `tells`: her words that
    whoever is let in reads here, though they may read them nowhere else.
    """

    address: Callable[[World], str]
    get: Actors | None = None
    post: Actors | None = None
    hidden: bool = False
    sees: Actors = NONE
    is_open: bool = False
    ends_session: bool = False
    is_page: bool = True
    nobody: int | None = None
    anybody: int | None = None
    lands: int = 200
    data: Callable[[World], Mapping[str, Any]] = field(default=lambda world: {})
    effect: Callable[[World], Any] | None = None
    shows: Callable[[World], str] = field(default=lambda world: "")
    tells: tuple[str, ...] = ()


def plain(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name)


def of_month(name: str, *more: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.month, *more])
