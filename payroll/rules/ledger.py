"""Charges as values, and how a ledger converges on them. Pure.

A charge is what *should* stand in the ledger. Its key says what it is about, never when it was
computed: `ATT-2/Y007/2026-10-12/in`.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from core.money import round_half_up, total
from core.months import Month

BASE = "BASE"


class Account(StrEnum):
    """Where money lies. `pay`, `reserve`, `arrears` and `carried` are one account a salesperson.

    `arrears`: what a final statement left owing. `carried`: losses that are to be taken from later
    months, for the law lets a month bear no more of them (PAY-4). On both a debt lies as what the
    salesperson has drawn: a negative balance.
    """

    COMPANY = "company"
    POOL = "pool"
    CASH = "cash"
    BANK = "bank"
    PAY = "pay"
    RESERVE = "reserve"
    ARREARS = "arrears"
    CARRIED = "carried"


PERSONAL = frozenset({Account.PAY, Account.RESERVE, Account.ARREARS, Account.CARRIED})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact a charge rests on: which row of which table, and what it says.

    `text` is an untranslated format string (marked for gettext), `values` fill it.
    """

    table: str
    row: str
    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        return {
            "table": self.table,
            "row": self.row,
            "text": self.text,
            "values": dict(self.values),
        }

    def as_json(self) -> str:
        """The same as JSON text, keys in order."""
        return (
            f'{{"row": {encode_basestring(self.row)}, "table": {_quoted(self.table)}, '
            f'"text": {_quoted(self.text)}, "values": {_values_json(self.values)}}}'
        )


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How an amount came about: an untranslated formula (marked for gettext) and its values."""

    text: str
    values: Mapping[str, str]

    def as_data(self) -> dict[str, Any]:
        return {"text": self.text, "values": dict(self.values)}

    def as_json(self) -> str:
        """The same as JSON text, keys in order."""
        return f'{{"text": {_quoted(self.text)}, "values": {_values_json(self.values)}}}'


@lru_cache(maxsize=1000)
def _quoted(text: str) -> str:
    """A text of which there are few, quoted for JSON."""
    return encode_basestring(text)


def _values_json(values: Mapping[str, str]) -> str:
    inside = ", ".join(
        [f"{_quoted(name)}: {encode_basestring(values[name])}" for name in sorted(values)]
    )
    return f"{{{inside}}}"


class Written(NamedTuple):
    """A charge as the ledger writes it down: JSON texts, and the fingerprint of all it says."""

    arithmetic: str
    evidence: str
    digest: str


@dataclass(frozen=True, slots=True)
class Charge:
    """What should stand in the ledger: `amount` yuan (more than 0) from `source` to `target`.

    `policy_on`: the day whose policy version counted (TIME-5).
    """

    key: str
    employee_no: str
    rule: str
    source: Account
    target: Account
    amount: Decimal
    policy_on: date
    arithmetic: Arithmetic
    evidence: tuple[Evidence, ...]

    @property
    def on_pay(self) -> Decimal:
        """What the charge does to the salesperson's pay: plus is what the salesperson gets."""
        return signed(self.source, self.target, self.amount)

    def written(self) -> Written:
        """What the ledger keeps of it. Written by hand, for a close writes a great many: the
        digest is `digest_of` all its parts."""
        arithmetic = self.arithmetic.as_json()
        evidence = f"[{', '.join([each.as_json() for each in self.evidence])}]"
        said = (
            f"[{encode_basestring(self.key)}, {encode_basestring(self.employee_no)}, "
            f'"{self.rule}", "{self.source}", "{self.target}", "{self.amount}", '
            f'"{self.policy_on}", {arithmetic}, {evidence}]'
        )
        return Written(arithmetic, evidence, hashlib.sha256(said.encode()).hexdigest())

    @property
    def digest(self) -> str:
        """Tells charges that differ in anything a reader would see, explanation included."""
        return self.written().digest


def digest_of(*parts: Any) -> str:
    """A fingerprint of what an entry says: two that differ in anything differ in it."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def signed(source: str, target: str, amount: Decimal) -> Decimal:
    """An entry's amount as a statement shows it: plus is what the salesperson gets (PAY-2)."""
    return amount * ((target == Account.PAY) - (source == Account.PAY))


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed in kind, e.g. an office cleaning (VIS-2)."""

    key: str
    employee_no: str
    rule: str
    points: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the company has to know or to decide on; the program decides nothing by itself.

    `days`: what it counts, absent days (ATT-5) or files (CUS-1); see `settings.FINDINGS`.
    """

    key: str
    employee_no: str
    rule: str
    days: Decimal


@dataclass(frozen=True)
class StepResult:
    """What one step of the month's close yields.

    `marks`: (rule, employee no.) pairs that tell later steps what no charge would: who was late
    or absent is without a share of the pool even where the fine was waived or stands at nothing.
    """

    charges: Sequence[Charge] = ()
    duties: Sequence[Duty] = ()
    findings: Sequence[Finding] = ()
    marks: frozenset[tuple[str, str]] = frozenset()


class StandingEntry(Protocol):
    """What convergence needs to know of an entry that stands."""

    @property
    def key(self) -> str: ...
    @property
    def employee_no(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def digest(self) -> str: ...


Standing = TypeVar("Standing", bound=StandingEntry)


@dataclass(frozen=True)
class Difference(Generic[Standing]):
    """What makes the ledger right: entries to reverse, charges to post."""

    reverse: Sequence[Standing]
    post: Sequence[Charge]

    def __bool__(self) -> bool:
        return bool(self.reverse or self.post)


SETTLED_BY_FINAL = frozenset({"ATT-3", "PAY-4", "PAY-6"})
"""Rules whose entries stay as they are once the month is final: shares paid stay paid (ATT-3), and
a loss found or mended later meets the limit of the month that is still open (PAY-4)."""


def difference(
    *, wanted: Iterable[Charge], standing: Iterable[Standing], final: bool
) -> Difference[Standing]:
    """Compare the charges wanted with the entries standing (PAY-1).

    Converging: applied once, the same comparison is empty. While the month is open anything a
    reader would see counts; when it is final only money does, and what the final settled stays.
    Raises `ValueError` when two charges wanted carry one key.
    """
    wanted_by_key: dict[str, Charge] = {}
    for charge in wanted:
        if charge.key in wanted_by_key:
            raise ValueError(f"two charges under the key {charge.key}")
        wanted_by_key[charge.key] = charge
    reverse: list[Standing] = []
    for entry in standing:
        if final and entry.rule in SETTLED_BY_FINAL:
            wanted_by_key.pop(entry.key, None)
        elif _is_wanted(entry, wanted_by_key.get(entry.key), final=final):
            del wanted_by_key[entry.key]
        else:
            reverse.append(entry)
    post = [c for c in wanted_by_key.values() if not (final and c.rule in SETTLED_BY_FINAL)]
    return Difference(reverse, post)


def _is_wanted(entry: StandingEntry, charge: Charge | None, *, final: bool) -> bool:
    if charge is None:
        return False
    if not final:
        return bool(entry.digest == charge.digest)
    return (entry.employee_no, entry.rule, entry.source, entry.target, entry.amount) == (
        charge.employee_no,
        charge.rule,
        charge.source,
        charge.target,
        charge.amount,
    )


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the rules need to know of a salesperson."""

    employee_no: str
    channel: str
    hired_on: date
    left_on: date | None
    base_salary: Decimal

    def employed_on(self, day: date) -> bool:
        """`left_on` is the last day employed."""
        return self.hired_on <= day and (self.left_on is None or day <= self.left_on)

    def employed_in(self, month: Month) -> bool:
        """Employed on at least one day of the month."""
        return self.hired_on <= month.last_day and (
            self.left_on is None or month.first_day <= self.left_on
        )

    def employed_all(self, month: Month) -> bool:
        """ "The whole month" (VIS-2): on its first and its last calendar day."""
        return self.employed_on(month.first_day) and self.employed_on(month.last_day)

    def leaves_in(self, month: Month) -> bool:
        return self.left_on is not None and self.left_on in month


def base_for(person: PersonFacts, workdays: Sequence[date]) -> tuple[Decimal, int]:
    """Base pay of a month and the workdays employed (PAY-2).

    Monthly salary x employed workdays / workdays of the month, half up. A month without any
    workday pays the whole salary to whoever is employed: nothing is owed for idle days.
    """
    if not workdays or (person.employed_on(workdays[0]) and person.employed_on(workdays[-1])):
        return person.base_salary, len(workdays)
    worked = sum(1 for day in workdays if person.employed_on(day))
    return round_half_up(person.base_salary * worked / len(workdays)), worked


def employed_share(person: PersonFacts, workdays: Sequence[date]) -> Decimal:
    """The share of a month's workdays employed: 1 for all of them, and where there are none."""
    if not workdays:
        return Decimal(1)
    return Decimal(sum(1 for day in workdays if person.employed_on(day))) / len(workdays)


def net(amounts: Iterable[tuple[str, str, Decimal]]) -> Decimal:
    """What (source, target, amount) triples together do to pay (PAY-2)."""
    return total(signed(*one) for one in amounts)
