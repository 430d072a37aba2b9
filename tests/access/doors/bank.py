"""Doors of the bank's statement."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from receivables.bank.models import BankLine, BankStatement
from receivables.bank.services import statement_columns, statement_receive
from receivables.models import Slip
from tests.access.door import Door, plain, those
from tests.access.doors.receivables import door_slip
from tests.access.world import HER_ORDER, World
from tests.cast import FINANCE

BANK = those(FINANCE)  # strangers' payments stand on the company's account too


def bank_csv() -> SimpleUploadedFile:
    rows = "交易日期,收入,支出,对方户名,附言\n2026-10-20,321.00,,华光,DOOR\n"
    return SimpleUploadedFile("bank.csv", rows.encode())


def bank_statement(world: World) -> BankStatement:
    """A file that was looked through and not taken."""
    sent = BankStatement.objects.filter(name="bank.csv").first()
    if sent is None:
        finance = world.her.user.__class__.objects.get(username=FINANCE)
        sent = statement_receive(actor=finance, file=bank_csv())
        statement_columns(actor=finance, statement=sent, columns=sent.columns)
    return sent


def bank_line(world: World, number: int = 1, **said: object) -> BankLine:
    """A line of the account, still to be explained; what it is for is her slip."""
    door_slip(world)
    found = BankLine.objects.filter(number=number).first()
    return found or BankLine.objects.create(
        statement=bank_statement(world),
        number=number,
        key=f"{number:064}",
        booked_at="2026-10-20T07:00:00Z",
        has_time=True,
        day="2026-10-20",
        amount="321.00",
        comes_in=True,
        payer=world.her.orders.get(order_no=HER_ORDER).customer.name,
        memo="DOOR",
        **{"state": "unmatched", **said},
    )


def of_line(name: str, **said: object) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[bank_line(world, **said).pk])


def of_statement(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[bank_statement(world).pk])


def line_now(world: World) -> tuple[str, int]:
    found = bank_line(world)
    return found.state, found.version


def statement_now(world: World) -> tuple[str, object]:
    found = BankStatement.objects.get(name="bank.csv")
    return found.state, found.columns


def pays_her_slip(world: World) -> dict[str, object]:
    return {"version": 0, f"pays-{Slip.objects.get(slip_no='DOOR').pk}-0": "321.00"}


def because(world: World) -> dict[str, object]:
    return {"version": 0, "reason": "interest"}


DOORS = {
    "bank": Door(
        plain("bank"),
        get=BANK,
        post=BANK,
        data=lambda world: {"file": bank_csv()},
        effect=lambda world: BankStatement.objects.count(),
    ),
    "bank_match_again": Door(
        lambda world: bank_line(world) and reverse("bank_match_again"),
        post=BANK,
        effect=line_now,
    ),
    "bank_file": Door(of_statement("bank_file"), get=BANK, shows=lambda world: "bank.csv"),
    "bank_file_columns": Door(
        of_statement("bank_file_columns"),
        post=BANK,
        data=lambda world: {"date": "0", "amount": "1", "payer": "3"},
        effect=statement_now,
    ),
    "bank_file_take": Door(of_statement("bank_file_take"), post=BANK, effect=statement_now),
    "bank_file_drop": Door(of_statement("bank_file_drop"), post=BANK, effect=statement_now),
    "bank_lines": Door(plain("bank_lines"), get=BANK),
    "bank_line": Door(of_line("bank_line"), get=BANK, shows=lambda world: "321.00"),
    "bank_line_match": Door(
        of_line("bank_line_match"), post=BANK, data=pays_her_slip, effect=line_now
    ),
    "bank_line_aside": Door(of_line("bank_line_aside"), post=BANK, data=because, effect=line_now),
    "bank_line_undo": Door(
        of_line(
            "bank_line_undo",
            state="aside",
            aside="321.00",
            reason="interest",
            settled_at="2026-10-20T08:00:00Z",
        ),
        post=BANK,
        data=because,
        effect=line_now,
    ),
}
