"""A bank's table as lines: where its header stands, which column is which, each line once. Pure."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.money import ZERO
from receivables.bank.rules.cells import amount_of, booked_of, comes_in

HEADER_WITHIN = 40
"""Rows in which the header is looked for: banks put their name, account and period above it."""
LEAST_HEADERS = 3
LONGEST = 200
COLUMNS = {
    "date": _("Date"),
    "time": _("Time"),
    "credit": _("In (credit)"),
    "debit": _("Out (debit)"),
    "amount": _("Amount, in or out"),
    "direction": _("In or out (贷/借)"),
    "payer": _("Other party"),
    "account": _("Their account"),
    "memo": _("Memo"),
    "serial": _("Serial no."),
}
"""What a line is made of, in the order in which it is asked for."""
# As banks call them, the surest first; a header that holds the word will do as well.
_CALLED = {
    "date": "交易日期 记账日期 入账日期 交易日 记账日 交易时间 记账时间 入账时间 日期 date",
    "time": "交易时间 记账时间 入账时间 时间 time",
    "credit": "贷方发生额 贷方金额 收入金额 转入金额 贷方 收入 credit",
    "debit": "借方发生额 借方金额 支出金额 转出金额 借方 支出 debit",
    "direction": "借贷标志 借贷方向 收支方向 收支标志 借贷 收/支 direction",
    "amount": "交易金额 发生额 金额 amount",
    "payer": (
        "对方户名 对方名称 对方单位名称 对方单位 对方账户名称 付款人名称 付款人户名 付款人 "
        "交易对手 payer counterparty"
    ),
    "account": "对方账号 对方账户 对方卡号 付款人账号 付款账号 account",
    "memo": "附言 交易附言 用途 摘要 备注 memo",
    "serial": "交易流水号 流水号 交易序号 凭证号 serial",
}
_TOTALS = re.compile(r"合计|总计|小计|本页|期末|期初|total", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement. `booked`: on the company's clock; `amount`: more than nothing."""

    number: int
    booked: datetime
    has_time: bool
    amount: Decimal
    comes_in: bool
    payer: str
    account: str
    memo: str
    serial: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot be read: which, and why."""

    number: int
    reason: str


def plain(header: str) -> str:
    return "".join(unicodedata.normalize("NFKC", header).lower().split())


def signature(headers: Sequence[str]) -> str:
    """By which a bank's table is known again: its headers, in their order."""
    said = "\x1f".join(plain(header) for header in headers).rstrip("\x1f")
    return hashlib.sha256(said.encode()).hexdigest()


def header_of(rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[int, list[str]] | None:
    """The line and cells of the header: the first row that names what a statement is made of.

    Where no row does, the first with three cells: people then say what they are.
    """
    fallback = None
    for count, (number, cells) in enumerate(rows):
        if count >= HEADER_WITHIN:
            break
        headers = [_shown(cell).strip() for cell in cells]
        if sum(map(bool, headers)) < LEAST_HEADERS:
            continue
        if "date" in (guess := guessed(headers)) and {"amount", "credit"} & guess.keys():
            return number, _trimmed(headers)
        fallback = fallback or (number, _trimmed(headers))
    return fallback


def _trimmed(headers: list[str]) -> list[str]:
    while headers and not headers[-1]:
        headers.pop()
    return headers


def guessed(headers: Sequence[str]) -> dict[str, int]:
    """Which column is which, as far as the headers say it. No column is two things."""
    said = [plain(header) for header in headers]
    found: dict[str, int] = {}
    for exact in (True, False):
        for name, words in _CALLED.items():
            if name not in found:
                at = _called(said, words.split(), exact, set(found.values()))
                if at is not None:
                    found[name] = at
    if "credit" in found:
        found.pop("amount", None)
        found.pop("direction", None)
    return found


def _called(said: Sequence[str], words: Sequence[str], exact: bool, taken: set[int]) -> int | None:
    for word in words:
        for n, header in enumerate(said):
            if n not in taken and header and (header == word if exact else word in header):
                return n
    return None


def mapping_refused(mapping: Mapping[str, int], width: int) -> list[str]:
    """Why columns cannot be read as they are named, in the reader's language; none: they can."""
    said = []
    if any(not 0 <= at < width for at in mapping.values()):
        said.append(_("A column that is named is not in the file."))
    if len(set(mapping.values())) < len(mapping):
        said.append(_("Each column is one thing only."))
    if "date" not in mapping:
        said.append(_("Say which column is the date."))
    if ("amount" in mapping) == ("credit" in mapping):
        said.append(_("Name the column of money that came in, or the one of all amounts."))
    if "payer" not in mapping:
        said.append(_("Say which column names the other party."))
    return [str(each) for each in said]


def lines_of(
    rows: Iterable[tuple[int, Sequence[str]]], header_line: int, mapping: Mapping[str, int]
) -> Iterator[Line | Wrong]:
    """The lines below the header, each read or with its reason. Empty rows and sums are none."""
    for number, cells in rows:
        if number <= header_line or not any(cell.strip() for cell in cells):
            continue
        said = {name: cells[at].strip() if at < len(cells) else "" for name, at in mapping.items()}
        if _TOTALS.search(said["date"] or " ".join(cells)):
            continue
        try:
            yield _line(number, said)
        except ValidationError as error:
            yield Wrong(number, _shown(" ".join(error.messages)))


def _shown(text: str) -> str:
    """Without what no page and no database can hold; what it was is not told of it."""
    return _CONTROL.sub("\ufffd", text)


def _line(number: int, said: Mapping[str, str]) -> Line:
    texts = {name: said.get(name, "") for name in ("payer", "account", "memo", "serial")}
    for name, text in texts.items():
        _check(name, text)
    booked, has_time = booked_of(said["date"], said.get("time", ""))
    amount, incoming = _moved(said)
    return Line(number, booked, has_time, amount, incoming, **texts)


def _check(name: str, text: str) -> None:
    if _CONTROL.search(text):
        raise ValidationError(
            _("%(column)s holds a control character"), params={"column": COLUMNS[name]}
        )
    if len(text) > LONGEST:
        raise ValidationError(
            _("%(column)s is longer than %(longest)s characters"),
            params={"column": COLUMNS[name], "longest": LONGEST},
        )


def _moved(said: Mapping[str, str]) -> tuple[Decimal, bool]:
    """How much moved, and whether it came in."""
    if "credit" in said:
        came, went = amount_of(said["credit"]) or ZERO, amount_of(said.get("debit", "")) or ZERO
        if bool(came) == bool(went):
            raise ValidationError(_("says neither what came in nor what went out, or both"))
        amount, incoming = (came, True) if came else (went, False)
        # A correction of the bank's own: what came in goes back.
        return abs(amount), incoming == (amount > 0)
    amount = amount_of(said["amount"]) or ZERO
    if not amount:
        raise ValidationError(_("says no amount"))
    if said.get("direction"):
        if amount < 0:
            raise ValidationError(_("says the direction twice: by the sign and by its column"))
        return amount, comes_in(said["direction"])
    return abs(amount), amount > 0


class Keys:
    """The key of each line of a file: the same line of the same bank has it in every file.

    By its serial number with day and amount; where the bank gives none, by all its fields and the
    how-manieth of its like it is in the file: two equal transfers of a day are two.
    """

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, line: Line) -> str:
        day, money = f"{line.booked:%Y%m%d}", f"{line.amount}{'+' if line.comes_in else '-'}"
        if line.serial:
            return _hash("serial", line.serial, day, money)
        fields = (f"{line.booked:%Y%m%d%H%M%S}", money, line.payer, line.account, line.memo)
        bare = _hash("fields", *fields)
        self._seen[bare] += 1
        return _hash("fields", *fields, str(self._seen[bare]))


def _hash(*said: str) -> str:
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()
