"""What is asked of the list of slips: by whom, and how; the same of few slips and of many."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pypinyin import lazy_pinyin

from bench.names import TOWN, customer_name

KNOWN = 25  # a customer of both companies, and of the supervisor's people
MANAGER, FINANCE, SUPERVISOR, SALESPERSON = "M001", "F001", "V001", "Y00001"
TEAM = "team/销售1组"


class Case(NamedTuple):
    """`before`: how far down, as a share of all slips, a page begins."""

    who: str
    what: str
    asked: Mapping[str, str]
    before: float | None = None


def cases() -> Iterator[Case]:
    for who in (MANAGER, FINANCE, SUPERVISOR, SALESPERSON):
        yield Case(who, "first page", {})
        yield Case(who, "held", {"state": "held"})
        yield Case(who, "1 in 2 names", {"q": TOWN})
        yield Case(who, "nothing", {"q": "黑龙"})
    yield from _pages()
    yield from _filters()
    for who in (MANAGER, SUPERVISOR):
        yield from _searches(who)
    yield from _together(MANAGER)


def _pages() -> Iterator[Case]:
    yield Case(MANAGER, "in the middle", {}, 0.5)
    yield Case(MANAGER, "far down", {}, 0.05)
    yield Case(MANAGER, "a hundred a page", {"per_page": "100"})
    yield Case(MANAGER, "oldest first", {"sort": "slip_no"})
    yield Case(SUPERVISOR, "in the middle", {}, 0.0005)


def _filters() -> Iterator[Case]:
    for state in ("covered", "returned"):
        yield Case(MANAGER, state, {"state": state})
    yield Case(MANAGER, "held, in the middle", {"state": "held"}, 0.5)
    yield Case(MANAGER, "two days", {"since": "2026-10-20", "until": "2026-10-21"})
    yield Case(MANAGER, "a year ago", {"until": "2025-10-20"})
    yield Case(MANAGER, "days to come", {"since": "2027-06-01"})
    yield Case(MANAGER, "a team", {"whose": TEAM})
    yield Case(MANAGER, "no team's", {"whose": "team/none"})
    yield Case(SUPERVISOR, "my own", {"whose": "mine"})
    yield Case(SUPERVISOR, "returned", {"state": "returned"})


def _searches(who: str) -> Iterator[Case]:
    name = customer_name(KNOWN)
    syllables = lazy_pinyin(name)
    pinyin, initials = "".join(syllables), "".join(each[0] for each in syllables)
    rare = name[2:4]
    yield Case(who, "1 in 2, pinyin", {"q": "ningbo"})
    yield Case(who, "1 in 2, initials", {"q": "nb"})
    yield Case(who, "1 in 2, in the middle", {"q": TOWN}, 0.5)
    yield Case(who, "1 in 16, a trade", {"q": name[4:6]})
    yield Case(who, "rare, two signs", {"q": rare})
    yield Case(who, "rare, pinyin", {"q": pinyin[:14]})
    yield Case(who, "rare, initials", {"q": initials})
    yield Case(who, "a whole name", {"q": name})
    yield Case(who, "a seller's name", {"q": "王伟"})
    yield Case(who, "a seller's surname", {"q": "王"})
    yield Case(who, "a seller's number", {"q": SALESPERSON})
    yield Case(who, "number's beginning", {"q": "S00000"})
    yield Case(who, "all numbers' beginning", {"q": "S"})
    yield Case(who, "a number", {"q": "S0000007"})
    yield Case(who, "a number's digits", {"q": "7"})
    yield Case(who, "an order's number", {"q": "D0000007"})
    yield Case(who, "no pinyin", {"q": "vvvv"})


def _together(who: str) -> Iterator[Case]:
    rare = customer_name(KNOWN)[2:4]
    yield Case(who, "1 in 2, held", {"q": TOWN, "state": "held"})
    yield Case(who, "1 in 2, returned", {"q": TOWN, "state": "returned"})
    yield Case(who, "rare, held", {"q": rare, "state": "held"})
    yield Case(who, "rare, covered", {"q": rare, "state": "covered"})
    yield Case(who, "1 in 2, a team", {"q": TOWN, "whose": TEAM})
    yield Case(who, "1 in 2, two days", {"q": TOWN, "since": "2026-10-20", "until": "2026-10-21"})
    yield Case(who, "1 in 2, days to come", {"q": TOWN, "since": "2027-06-01"})
    yield Case(who, "held, a team", {"state": "held", "whose": TEAM})
    yield Case(who, "held, no team's", {"state": "held", "whose": "team/none"})
