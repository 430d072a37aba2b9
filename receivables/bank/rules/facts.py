"""What the matching is told, and what it answers. Amounts in yuan."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Incoming:
    """A line of the bank by which money came in. `month`: the collection month of its instant."""

    key: int
    day: date
    amount: Decimal
    payer: str
    account: str = ""
    memo: str = ""
    month: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a line can pay: what is still due on a slip, or a transfer recorded on one.

    `since`: the day the slip was issued, or that the transfer was recorded for. `payment`: the
    recorded transfer's number; None where nothing is recorded. `amount`: what no line covers yet.
    """

    slip: int
    slip_no: str
    order_no: str
    customer: int
    amount: Decimal
    since: date
    payment: int | None = None
    month: str = ""

    @property
    def key(self) -> tuple[int, int]:
        return (self.slip, self.payment or 0)


@dataclass(frozen=True, slots=True)
class Part:
    """How much of a line pays one claim."""

    claim: Claim
    amount: Decimal


class Kind(StrEnum):
    SINGLE = "single"  # one line, one slip
    MERGED = "merged"  # one line pays several slips
    SPLIT = "split"  # one of several lines that pay one slip
    PART = "part"  # less than is due, or more than is owed


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a proposal is made, or why it is not sure: a code, with what is said in it."""

    code: str
    said: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which claims a line pays, how sure that is (1 to 100), and why."""

    kind: Kind
    parts: tuple[Part, ...]
    confidence: int
    reasons: tuple[Reason, ...]
    certain: bool = False

    @property
    def keys(self) -> tuple[tuple[int, int], ...]:
        return tuple(part.claim.key for part in self.parts)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done with a line: what it may be, the best first; certain or not."""

    line: int
    proposals: tuple[Proposal, ...] = ()

    @property
    def automatic(self) -> Proposal | None:
        return next((each for each in self.proposals if each.certain), None)
