"""The bank's statement of the last days, with every kind of line, and what finance did with it."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile

from core import clock
from core.money import round_half_up
from customers.models import Customer
from receivables.bank.models import BankLine
from receivables.bank.reading import due_claims
from receivables.bank.rules.facts import Claim
from receivables.bank.services import (
    line_aside,
    line_match,
    statement_columns,
    statement_receive,
    statement_take,
)
from receivables.bank.services.matching import Pays
from receivables.models import Payment, Slip
from salesforce.demo.played.stage import ago, user

DAYS = 12
"""So many days of the account, up to yesterday."""
HEADER = (
    "交易日期",
    "交易时间",
    "借方发生额",
    "贷方发生额",
    "对方户名",
    "对方账号",
    "附言",
    "交易流水号",
)
INTEREST = "中国工商银行宁波分行"


@dataclass(frozen=True)
class Said:
    """A line as the bank writes it; what went out is less than nothing."""

    at: datetime
    amount: Decimal
    payer: str
    memo: str = "货款"


def bank_play() -> None:
    """Finance sends the file, takes what is certain, and settles a few of the rest by hand."""
    finance = user("C001")
    with ago(0, time(9, 5)):
        said = sorted(_lines(), key=lambda line: (line.at, line.payer))
        file = ContentFile(_csv(said), name="工行对账单.csv")
        sent = statement_receive(actor=finance, file=file)
        statement_columns(actor=finance, statement=sent, columns=sent.columns)
        sent.refresh_from_db()
        statement_take(actor=finance, statement=sent)
    with ago(0, time(9, 40)):
        for line in BankLine.objects.left().filter(payer=INTEREST):
            line_aside(actor=finance, line=line, reason="活期存款结息")
        _accept_one(finance)


def _accept_one(finance: object) -> None:
    """A doubtful one, looked at and accepted."""
    line = BankLine.objects.filter(state=BankLine.State.DOUBTFUL).order_by("booked_at").first()
    best = line.proposals[0] if line else None
    if line is None or best is None:
        return
    pays = [Pays(slip, Decimal(amount), payment) for slip, payment, amount in best["parts"]]
    rest = line.amount - sum(each.amount for each in pays)
    line_match(actor=finance, line=line, pays=pays, reason="客户多付，留作预付款" if rest else "")


def _lines() -> Iterator[Said]:
    yield from _recorded()
    yield from _due()
    yield Said(_at(3, 10), Decimal("136.25"), INTEREST, "结息")
    yield Said(_at(2, 11), Decimal("8800.00"), "宁波市海曙区税务局", "退税")
    yield Said(_at(4, 15), Decimal("-2350.00"), "宁波电信", "电话费")
    yield Said(_at(1, 16), Decimal("-500.00"), "温州客户退款", "退款")


def _at(days_ago: int, hour: int) -> datetime:
    return clock.local(clock.at(clock.today() - timedelta(days=days_ago), time(hour, 12, 3)))


def _recorded() -> Iterator[Said]:
    """The transfers salespeople recorded, half an hour later; every ninth came days later."""
    since = clock.start_of(clock.today() - timedelta(days=DAYS))
    until = clock.start_of(clock.today() - timedelta(days=3))
    rows = Payment.objects.filter(
        method=Payment.Method.TRANSFER, received_at__gte=since, received_at__lt=until
    )
    for n, payment in enumerate(rows.select_related("slip__order__customer").order_by("id")):
        at = clock.local(payment.received_at) + timedelta(minutes=30)
        late = timedelta(days=2) if n % 9 == 4 else timedelta(0)
        yield Said(at + late, payment.amount, _spelled(payment.slip.order.customer.name, n))


def _spelled(name: str, n: int) -> str:
    """As it stands, without its form, or with its city in brackets."""
    city, rest = name[:2], name[2:]
    return (name, name.replace("有限公司", ""), f"{rest[:2]}（{city}）{rest[2:]}")[n % 3]


def _due() -> Iterator[Said]:
    """Slips nobody recorded a transfer for: paid whole, misspelt, in two, in part, too much."""
    claims = sorted(
        due_claims(Slip.objects.filter(issued_at__lt=clock.start_of(clock.today() - timedelta(4)))),
        key=lambda claim: (-claim.since.toordinal(), claim.slip_no),
    )[:6]
    names = dict(Customer.objects.values_list("id", "name"))
    for claim, way in zip(
        claims, (_whole, _misspelt, _in_two, _part, _too_much, _person), strict=False
    ):
        yield from way(claim, names[claim.customer])


def _whole(claim: Claim, name: str) -> Iterator[Said]:
    yield Said(_at(3, 14), claim.amount, name)


def _misspelt(claim: Claim, name: str) -> Iterator[Said]:
    yield Said(_at(2, 9), claim.amount, name[:3] + "博" + name[4:])


def _in_two(claim: Claim, name: str) -> Iterator[Said]:
    first = round_half_up(claim.amount * 3 / 5)
    yield Said(_at(3, 9), first, name, "货款第一笔")
    yield Said(_at(2, 10), claim.amount - first, name, "余款")


def _part(claim: Claim, name: str) -> Iterator[Said]:
    yield Said(_at(2, 14), round_half_up(claim.amount / 4), name, "部分货款")


def _too_much(claim: Claim, name: str) -> Iterator[Said]:
    yield Said(_at(1, 10), claim.amount + 200, name)


def _person(claim: Claim, name: str) -> Iterator[Said]:
    yield Said(_at(1, 15), claim.amount, "周建军", f"代付 {claim.slip_no}")


def _csv(lines: Sequence[Said]) -> bytes:
    """As the bank's website gives it: with titles above the table, in GB18030."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["中国工商银行企业网上银行 账户明细"])
    table.writerow(["账号：3901****8826", "户名：宁波销售有限公司", "币种：人民币"])
    table.writerow(HEADER)
    for n, line in enumerate(lines, 1):
        table.writerow(_row(n, line))
    came = sum(line.amount for line in lines if line.amount > 0)
    table.writerow(["合计", "", "", f"{came:,.2f}"])
    return out.getvalue().encode("gb18030")


def _row(number: int, line: Said) -> list[str]:
    amount = f"{abs(line.amount):,.2f}"
    account = f"6228{abs(hash_of(line.payer)):012d}"
    day, wall = f"{line.at:%Y%m%d}", f"{line.at:%H%M%S}"
    out, came = ("", amount) if line.amount > 0 else (amount, "")
    return [day, wall, out, came, line.payer, account, line.memo, f"{line.at:%y%m%d}{number:06}"]


def hash_of(payer: str) -> int:
    """The same each time the demo is made."""
    return int.from_bytes(payer.encode()[:5], "big") % 10**12
