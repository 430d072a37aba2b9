"""What makes a suspicion of poaching or shifting (DIS-3, S9-2.4): facts in, suspicions out. Pure.

A suspicion is no finding. It says what was seen, of whom and where to look; whether anything is
wrong says the manager.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext_noop

from core.clock import end_of, local_date, start_of
from customers.rules.lookalikes import SURELY_FROM, Firm, likeness

REASSIGNED, REGISTRATIONS, FILES, SIGNED = "reassigned", "registrations", "files", "signed"
NOBODY = ""


class Change(NamedTuple):
    """Something passed from one hand to another at an instant: employee numbers, empty: nobody."""

    at: datetime
    before: str
    after: str


class Evidence(NamedTuple):
    """One thing seen: which record (`order`, `customer`, `conflict`, `project`) of which number,
    and what of it, as a text to be translated with its values."""

    kind: str
    no: str
    text: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Suspected:
    """A suspicion. `key` says what it is about and never when it was found; `gains`: to whom the
    business came, `loses`: whose it was; both are heard before anything is decided."""

    key: str
    kind: str
    gains: str
    loses: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class OrderFact:
    """An order and the hands that it and its customer went through, each in the order of time.

    `transfers`: approved; `passed`: changes of its salesperson that were none, as by a file.
    `seller`, `owner`: whose order and customer are now; `also_owned`: the hands of each file that
    was merged into its customer's, nobody's at the last. `project`: the number of the project it
    came of, where that was assigned to its salesperson.
    """

    order_no: str
    customer_no: str
    seller: str
    owner: str
    signed_on: date | None = None
    transfers: tuple[Change, ...] = ()
    passed: tuple[Change, ...] = ()
    owned: tuple[Change, ...] = ()
    also_owned: tuple[tuple[Change, ...], ...] = ()
    project: str = ""

    @property
    def sold(self) -> list[Change]:
        return sorted((*self.transfers, *self.passed))


class Lost(NamedTuple):
    """A project was given up (`is_lost`) at an instant, or taken up again."""

    at: datetime
    is_lost: bool


@dataclass(frozen=True, slots=True)
class ConflictFact:
    """Two registrations that look like one project; `ruled_two`: ruled to be two projects.

    `later_at`: when the later one was registered; `lost`: when the earlier one was given up and
    taken up again, each in the order of time.
    """

    conflict_no: str
    earlier_no: str
    later_no: str
    earlier: str
    later: str
    ruled_two: bool = False
    later_at: datetime | None = None
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class FileFact:
    """A customer's file as it is compared with others, and the hands that it went through.

    `owner`: whose it is now; `owned`: in the order of time, since what is looked for was opened.
    """

    customer_no: str
    name: str
    owner: str
    created_on: date
    firm: Firm = field(repr=False)
    owned: tuple[Change, ...] = ()

    @property
    def opened_for(self) -> str:
        """Whose it was when it was opened; one opened before its hands are known of, the first."""
        return self.owned[0].before if self.owned else self.owner

    def owners_on(self, day: date) -> set[str]:
        """Whose it was at some instant of a day, without nobody."""
        return holders(self.owner, self.owned, start_of(day), end_of(day)) - {NOBODY}


def holders(now: str, changes: Sequence[Change], start: datetime, end: datetime) -> set[str]:
    """In whose hands something was at any instant of [start, end), by its changes in the order of
    time and whose it is `now`. The very instant of a change is the new one's already."""
    at_start = next((each.before for each in changes if each.at > start), now)
    return {at_start, *(each.after for each in changes if start < each.at < end)}


def reassigned(order: OrderFact) -> Iterator[Suspected]:
    """The order passed to another salesperson without a transfer: by a file, or by nobody knows
    what, when it is not whose the last change made it (DIS-3)."""
    for each in order.passed:
        if each.before and each.after and each.before != each.after:
            text = gettext_noop("passed from %(before)s to %(after)s on %(date)s, by a file")
            yield _passed(order, each.before, each.after, text, str(local_date(each.at)))
    last = order.sold[-1].after if order.sold else order.seller
    if last and order.seller and last != order.seller:
        text = gettext_noop("is %(after)s's, though its last transfer made it %(before)s's")
        yield _passed(order, last, order.seller, text, "")


def _passed(order: OrderFact, before: str, after: str, text: str, on: str) -> Suspected:
    said = {"before": before, "after": after, "date": on}
    return Suspected(
        key=f"{REASSIGNED}/{order.order_no}/{before}/{after}/{on}",
        kind=REASSIGNED,
        gains=after,
        loses=before,
        evidence=(
            Evidence("order", order.order_no, text, said),
            Evidence("customer", order.customer_no, gettext_noop("the order's customer"), {}),
        ),
    )


def signed_by_another(order: OrderFact, start: datetime, end: datetime) -> Suspected | None:
    """The order was signed by nobody who had its customer on that day (DIS-3).

    `start`, `end`: the day of signing; whoever had either at some instant of it counts, for a
    signing has no hour; so does whoever had a file that has been merged with it since, for on which
    of both the order stood is not known. A customer of nobody is poached from nobody.
    """
    if order.signed_on is None:
        return None
    sellers = holders(order.seller, order.sold, start, end) - {NOBODY}
    owners = holders(order.owner, order.owned, start, end)
    owners = owners.union(*(holders(NOBODY, each, start, end) for each in order.also_owned))
    owners -= {NOBODY}
    if not sellers or not owners or sellers & owners:
        return None
    gains, loses = min(sellers), min(owners)
    said = {"seller": gains, "owner": loses, "date": str(order.signed_on)}
    seen = [
        Evidence(
            "order",
            order.order_no,
            gettext_noop("signed by %(seller)s on %(date)s"),
            said,
        ),
        Evidence(
            "customer",
            order.customer_no,
            gettext_noop("was %(owner)s's customer on %(date)s"),
            said,
        ),
    ]
    if order.project:
        text = gettext_noop("the project was assigned to %(seller)s")
        seen.append(Evidence("project", order.project, text, said))
    return Suspected(f"{SIGNED}/{order.order_no}", SIGNED, gains, loses, tuple(seen))


def registered_twice(conflict: ConflictFact) -> Suspected | None:
    """Two people registered what looks like one project, unless it was ruled that they are two, or
    the first had given it up by then (DIS-3, CUS-3). Taken up again since, it was still free to be
    registered; whose it is says the ruling."""
    if conflict.ruled_two or conflict.earlier == conflict.later or _was_lost(conflict):
        return None
    said = {"first": conflict.earlier, "second": conflict.later}
    return Suspected(
        key=f"{REGISTRATIONS}/{conflict.conflict_no}",
        kind=REGISTRATIONS,
        gains=conflict.later,
        loses=conflict.earlier,
        evidence=(
            Evidence(
                "conflict",
                conflict.conflict_no,
                gettext_noop("%(second)s registered what looks like %(first)s's project"),
                said,
            ),
            Evidence("project", conflict.earlier_no, gettext_noop("registered first"), {}),
            Evidence("project", conflict.later_no, gettext_noop("registered later"), {}),
        ),
    )


def _was_lost(conflict: ConflictFact) -> bool:
    """Whether the earlier project was lost when the later one was registered."""
    before = [each for each in conflict.lost if conflict.later_at and each.at <= conflict.later_at]
    return bool(before) and before[-1].is_lost


def filed_twice(files: Iterable[FileFact], since: date) -> Iterator[Suspected]:
    """Files of one firm opened for different owners, the later on or after a day: each against the
    first of that firm that was somebody's on the day it was opened (DIS-3).

    Whose they are by now plays no part: the manager passes files on. Firms that sound alike are
    compared in full, and of one sound there may be several.
    """
    alike: dict[tuple[str, ...], list[FileFact]] = defaultdict(list)
    for each in files:
        alike[each.firm.sounds].append(each)
    for group in alike.values():
        group.sort(key=lambda each: (each.created_on, each.customer_no))
        for at, each in enumerate(group):
            if each.created_on >= since and each.opened_for:
                yield from _filed_before(group[:at], each)


def _filed_before(known: Sequence[FileFact], later: FileFact) -> Iterator[Suspected]:
    for each in known:
        owners = each.owners_on(later.created_on)
        if owners and _is_one_firm(each.firm, later.firm):
            if later.opened_for not in owners:
                yield _filed(each, later, loses=min(owners))
            return


def _is_one_firm(one: Firm, other: Firm) -> bool:
    """As alike as is asked about when a file is opened; of two places they are two firms."""
    if one.place and other.place and one.place != other.place:
        return False
    return likeness(one, other) >= SURELY_FROM


def _filed(first: FileFact, second: FileFact, *, loses: str) -> Suspected:
    before = gettext_noop("“%(name)s”, opened on %(date)s, %(owner)s's when the other was opened")
    after = gettext_noop("“%(name)s”, opened for %(owner)s on %(date)s")
    seen = ((first, before, loses), (second, after, second.opened_for))
    return Suspected(
        key=f"{FILES}/{first.customer_no}/{second.customer_no}",
        kind=FILES,
        gains=second.opened_for,
        loses=loses,
        evidence=tuple(
            Evidence(
                "customer",
                each.customer_no,
                text,
                {"name": each.name, "owner": owner, "date": str(each.created_on)},
            )
            for each, text, owner in seen
        ),
    )
