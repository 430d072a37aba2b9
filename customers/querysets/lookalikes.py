"""Looking up firms that look like another, among however many there are.

Two queries for the keys and one for the few that share most of them, on both databases by the same
index: no scan, and no extension of one of them.
"""

import math
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Coalesce

from customers.rules.lookalikes import SURELY_FROM, Firm, best, firm_kept, firm_of, keys_of

MOST = 5
COMPARED = 100
ROWS_READ = 6_000
"""Rows of the index that are read for one look-up, those of the rarest keys first."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A file that looks like what was typed, and how much, of 100."""

    customer: int
    score: int

    @property
    def is_surely(self) -> bool:
        return self.score >= SURELY_FROM


def lookalikes(
    name: str,
    address: str = "",
    telephone: str = "",
    *,
    leave_out: Collection[int] = (),
    most: int = MOST,
) -> list[Alike]:
    """The files that look most like this firm, whoever they belong to. Three queries.

    One whose place another took counts for that: who types its old name is led to the one that
    stands.
    """
    from customers.models import Likeness

    wanted = firm_of(name, address, telephone)
    if len(wanted.core) < 2 and not wanted.telephones:
        return []
    weights = _sharing(keys_of(wanted))
    near = sorted(weights, key=lambda pk: (-weights[pk], pk))[: COMPARED + len(leave_out)]
    rows = Likeness.objects.filter(pk__in=near)
    firms = rows.values_list("pk", Coalesce("customer__merged_into", "pk"), *Firm._fields)
    stands, known = {}, []
    for pk, into, *said in firms:
        stands[pk] = into
        known.append((pk, firm_kept(*said)))
    found: dict[int, int] = {}
    for pk, score in best(wanted, known, len(stands)):
        found.setdefault(stands[pk], score)
    alike = [Alike(pk, score) for pk, score in found.items() if pk not in leave_out]
    return alike[:most]


def _sharing(keys: set[str]) -> dict[int, float]:
    """How much each file shares of some keys: the rarer a key, the more it says."""
    from customers.models import LikenessKey

    rows = LikenessKey.objects.order_by()
    counted = dict(rows.filter(key__in=keys).values_list("key").annotate(n=Count("id")))
    read, room = [], ROWS_READ
    for key, count in sorted(counted.items(), key=lambda each: each[1]):
        if count > room:
            break
        read.append(key)
        room -= count
    weights = {key: 1 / (1 + math.log(count)) for key, count in counted.items()}
    found: dict[int, float] = defaultdict(float)
    for key, customer in rows.filter(key__in=read).values_list("key", "customer"):
        found[customer] += weights[key]
    return found
