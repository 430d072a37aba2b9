"""A company with slips out, and a bank's file in the form one bank gives it."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from accounts.models import Person, User
from core import clock
from customers.models import Customer
from orders.models import Order
from receivables.bank.models import BankLine, BankStatement
from receivables.bank.services import statement_columns, statement_receive, statement_take
from receivables.models import Slip
from tests import cast
from tests.builders import at, day, slip, yuan

HENGDA, HUAQIANG, HUAWEI = "宁波恒达五金有限公司", "宁波华强电子有限公司", "宁波华为电子有限公司"
HEADER = "交易日期,交易时间,借方发生额,贷方发生额,对方户名,对方账号,附言,交易流水号"


@dataclass
class Bank:
    """What the tests do with the bank; finance does it unless another is named."""

    finance: User
    orders: dict[str, Order] = field(default_factory=dict)

    def order(self, customer: str) -> Order:
        if customer not in self.orders:
            number = len(self.orders) + 1
            made = Customer.objects.create(
                customer_no=f"K9{number}", name=customer, created_on=date(2024, 1, 1)
            )
            self.orders[customer] = Order.objects.create(
                order_no=f"D9{number:04}",
                customer=made,
                person=Person.objects.get(employee_no=cast.SHE),
                amount=yuan("900000.00"),
            )
        return self.orders[customer]

    def slip(self, slip_no: str, due: str, customer: str = HENGDA, **more) -> Slip:
        return slip(self.order(customer), slip_no, due=due, issued="2026-10-08 09:00", **more)

    def csv(self, *rows: str, title: bool = True) -> bytes:
        titles = ["某某银行账户明细", "账号：3901,户名：宁波销售"] if title else []
        return "\n".join([*titles, HEADER, *rows]).encode()

    def send(self, *rows: str, name: str = "bank.csv", actor: User | None = None) -> BankStatement:
        file = ContentFile(self.csv(*rows), name=name)
        sent = statement_receive(actor=actor or self.finance, file=file)
        if sent.state == BankStatement.State.COLUMNS:
            statement_columns(actor=self.finance, statement=sent, columns=sent.columns)
            sent.refresh_from_db()
        return sent

    def take(self, *rows: str) -> BankStatement:
        sent = self.send(*rows)
        statement_take(actor=self.finance, statement=sent)
        sent.refresh_from_db()
        return sent

    def line(self, amount: str, payer: str = HENGDA, *, on: str = "2026-10-12", **said) -> BankLine:
        """A line as it is left to finance: nothing has looked at it yet."""
        number = BankLine.objects.count() + 1
        statement, _made = BankStatement.objects.get_or_create(
            folder="tests",
            defaults={"owner": self.finance, "name": "x.csv", "header_line": 1, "state": "taken"},
        )
        return BankLine.objects.create(
            statement=statement,
            number=number,
            key=f"{number:064}",
            booked_at=at(f"{on} 15:12:03"),
            has_time=True,
            day=day(on),
            amount=Decimal(amount),
            comes_in=True,
            payer=payer,
            state=BankLine.State.UNMATCHED,
            **said,
        )


def row(
    amount: str,
    payer: str = HENGDA,
    *,
    on: str = "20261012",
    memo: str = "货款",
    no: str = "",
    out: str = "",
) -> str:
    return f'{on},151203,"{out}","{amount}",{payer},6222,{memo},{no}'


def bomb() -> bytes:
    """A workbook that is none."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


@pytest.fixture
def bank(db, settings, tmp_path) -> Iterator[Bank]:
    settings.MEDIA_ROOT = tmp_path
    with clock.set_to(cast.CLOSED_AT):
        cast.people_make()
        yield Bank(User.objects.get(username=cast.FINANCE))
