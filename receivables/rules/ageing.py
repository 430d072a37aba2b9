"""How old what customers owe is, in days since delivery (DUE-1). Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from core.money import ZERO


class Bucket(NamedTuple):
    """Days since delivery, from and to, both included; `to` None: however old."""

    first: int
    last: int | None

    @property
    def name(self) -> str:
        return f"{self.first}–{self.last}" if self.last is not None else f">{self.first - 1}"

    def delivered(self, today: date) -> tuple[date | None, date]:
        """The first and the last day of delivery that fall into it, seen from a day."""
        oldest = None if self.last is None else today - timedelta(days=self.last)
        return oldest, today - timedelta(days=self.first)


BUCKETS = (Bucket(0, 10), Bucket(11, 30), Bucket(31, 60), Bucket(61, 90), Bucket(91, None))


def bucket_of(days: int) -> Bucket:
    """The bucket of so many days since delivery."""
    return next(each for each in reversed(BUCKETS) if days >= each.first)


class Aged(NamedTuple):
    """What is unpaid of one bucket, in yuan."""

    first: int
    last: int | None
    unpaid: Decimal


def ageing(unpaid: Iterable[tuple[date, Decimal]], today: date) -> list[Aged]:
    """Unpaid amounts by the days since their deliveries; every bucket stands, empty or not."""
    sums = dict.fromkeys(BUCKETS, ZERO)
    for delivered_on, amount in unpaid:
        sums[bucket_of(max((today - delivered_on).days, 0))] += amount
    return [Aged(*bucket, amount) for bucket, amount in sums.items()]
