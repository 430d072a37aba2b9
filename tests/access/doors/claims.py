"""Doors of claims, goods and damages."""

from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from claims.models import Damage, Expense, Goods, Loan, LoanRequest
from orders.models import Order
from tests.access.door import (
    GOODS,
    HER_PAY,
    MONEY,
    SALESPEOPLE,
    SUPERVISORS,
    Door,
    plain,
    those,
)
from tests.access.world import HER_CLAIM, HER_DAMAGE, HER_LOAN, World
from tests.builders import order
from tests.cast import KEEPER, LEADER, MANAGER, PERSONNEL, SHE, SUPERVISOR

DECIDERS = SUPERVISORS | those(MANAGER, LEADER, PERSONNEL)
HER_GOODS = those(SHE, SUPERVISOR, MANAGER, LEADER, KEEPER)
HER_DAMAGES = HER_PAY | those(KEEPER)
KEEPERS = those(KEEPER)


def her_order(name: str) -> Callable[[World], str]:
    """About another of her orders: an address is said again on a page of refusal."""

    def address(world: World) -> str:
        if not Order.objects.filter(order_no="DOOR").exists():
            order(world.her, "DOOR")
        return reverse(name, args=["DOOR"])

    return address


def her_claim(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_claim.pk])


def her_claim_now(world: World) -> tuple[object, ...]:
    return Expense.objects.values_list("version", "ended", "approved_on").get(claim_no=HER_CLAIM)


def her_loan(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_loan.pk])


def her_request(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_request.pk])


def her_request_now(world: World) -> str:
    return LoanRequest.objects.values_list("state", flat=True).get(pk=world.her_request.pk)


def piece(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.goods_here.code])


def piece_now(world: World) -> tuple[object, ...]:
    return Goods.objects.values_list("version", "name", "retired_on").get(pk=world.goods_here.pk)


def receipt() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return SimpleUploadedFile("receipt.jpg", made.getvalue(), content_type="image/jpeg")


def spent(world: World) -> dict[str, object]:
    return {"kind": "meal", "spent_on": "2026-11-02", "amount": "88.00", "note": "", "version": 0}


def claimed(world: World) -> dict[str, object]:
    return {**spent(world), "token": str(uuid4()), "files": receipt()}


def facts(world: World) -> dict[str, object]:
    return {
        "token": str(uuid4()),
        "version": 0,
        "code": "YJ-1",
        "name": "brighter lamp",
        "price": "900",
        "serial_no": "",
        "place": "",
    }


def broken(world: World) -> dict[str, object]:
    return {
        "token": str(uuid4()),
        "person": world.her.pk,
        "on": "2026-11-02",
        "item": "projector",
        "cost_price": "120.50",
        "note": "it fell",
        "heard": "so it was",
    }


DOORS = {
    "overdue_loans": Door(plain("overdue_loans"), get=GOODS),
    "expenses": Door(plain("expenses"), get=MONEY | those(PERSONNEL)),
    # What is not theirs to decide is not among the rows that can be named.
    "expenses_to_decide": Door(
        plain("expenses_to_decide"),
        get=DECIDERS,
        post=DECIDERS,
        data=lambda world: {"do": "approve", "row": world.her_claim.pk},
    ),
    "allowance": Door(plain("allowance"), get=SALESPEOPLE),
    "allowance_of": Door(
        her_order("allowance_of"),
        get=those(SHE),
        hidden=True,
        sees=HER_PAY,
        shows=lambda world: "DOOR",
    ),
    "expense_new": Door(
        her_order("expense_new"),
        get=those(SHE),
        post=those(SHE),
        hidden=True,
        sees=HER_PAY,
        data=claimed,
        effect=lambda world: Expense.objects.count(),
    ),
    "expense_pays": Door(
        her_order("expense_pays"), get=those(SHE), hidden=True, sees=HER_PAY, is_page=False
    ),
    "expense": Door(her_claim("expense"), get=HER_PAY, hidden=True, shows=lambda world: HER_CLAIM),
    "expense_edit": Door(
        her_claim("expense_edit"),
        get=those(SHE),
        post=those(SHE),
        hidden=True,
        sees=HER_PAY,
        data=spent,
        effect=her_claim_now,
    ),
    "expense_take_back": Door(
        her_claim("expense_take_back"),
        post=those(SHE),
        hidden=True,
        sees=HER_PAY,
        data=lambda world: {"version": 0},
        effect=her_claim_now,
    ),
    "expense_decision": Door(
        her_claim("expense_decision"),
        post=those(SUPERVISOR, MANAGER, LEADER),
        hidden=True,
        sees=HER_PAY,
        data=lambda world: {"do": "approve", "version": 0, "reply": ""},
        effect=her_claim_now,
    ),
    "expense_undo_approval": Door(
        lambda world: reverse("expense_undo_approval", args=[world.her_paid_claim.pk]),
        post=those(MANAGER),
        hidden=True,
        sees=HER_PAY,
        data=lambda world: {"version": 0, "reply": "paid twice"},
        effect=lambda world: Expense.objects.get(pk=world.her_paid_claim.pk).approved_on,
    ),
    "goods": Door(plain("goods"), get=GOODS),
    "goods_new": Door(
        plain("goods_new"),
        get=KEEPERS,
        post=KEEPERS,
        data=lambda world: {**facts(world), "code": "YJ-9"},
        effect=lambda world: Goods.objects.count(),
    ),
    "goods_labels": Door(plain("goods_labels"), get=KEEPERS),
    "goods_file": Door(
        lambda world: reverse("goods_file", args=["csv"]), get=KEEPERS, is_page=False
    ),
    "goods_one": Door(piece("goods_one"), get=GOODS, hidden=True),
    "goods_edit": Door(
        piece("goods_edit"),
        get=KEEPERS,
        post=KEEPERS,
        hidden=True,
        sees=GOODS,
        data=facts,
        effect=piece_now,
    ),
    "goods_register": Door(
        piece("goods_register"),
        post=KEEPERS,
        hidden=True,
        sees=GOODS,
        data=lambda world: {"version": 0, "reason": "worn out"},
        effect=piece_now,
    ),
    "goods_ask": Door(
        piece("goods_ask"),
        post=SALESPEOPLE,
        hidden=True,
        sees=GOODS,
        data=lambda world: {"token": str(uuid4()), "purpose": "a demonstration"},
        effect=lambda world: LoanRequest.objects.count(),
    ),
    "goods_lend": Door(
        piece("goods_lend"),
        get=KEEPERS,
        post=KEEPERS,
        hidden=True,
        sees=GOODS,
        data=lambda world: {"token": str(uuid4()), "person": world.her.pk},
        effect=lambda world: Loan.objects.count(),
    ),
    "loans": Door(plain("loans"), get=GOODS),
    "loan": Door(her_loan("loan"), get=HER_GOODS, hidden=True, shows=lambda world: HER_LOAN),
    "loan_back": Door(
        her_loan("loan_back"),
        get=KEEPERS,
        post=KEEPERS,
        hidden=True,
        sees=HER_GOODS,
        data=lambda world: {"condition": "lost", "on": "2026-11-02", "note": "left in a taxi"},
        effect=lambda world: Loan.objects.get(loan_no=HER_LOAN).condition,
    ),
    "loan_condition": Door(
        lambda world: reverse("loan_condition", args=[world.her_returned_loan.pk]),
        get=those(KEEPER, MANAGER),
        post=those(KEEPER, MANAGER),
        hidden=True,
        sees=HER_GOODS,
        data=lambda world: {"seen": "good", "condition": "damaged", "reason": "the lens"},
        effect=lambda world: Loan.objects.get(pk=world.her_returned_loan.pk).condition,
    ),
    "loan_requests": Door(plain("loan_requests"), get=GOODS),
    "request_hand_out": Door(
        her_request("request_hand_out"),
        post=KEEPERS,
        hidden=True,
        sees=HER_GOODS,
        effect=her_request_now,
    ),
    "request_refuse": Door(
        her_request("request_refuse"),
        post=KEEPERS,
        hidden=True,
        sees=HER_GOODS,
        data=lambda world: {"reason": "stocktaking"},
        effect=her_request_now,
    ),
    "request_withdraw": Door(
        her_request("request_withdraw"),
        post=those(SHE),
        hidden=True,
        sees=HER_GOODS,
        effect=her_request_now,
    ),
    "damages": Door(plain("damages"), get=MONEY | those(KEEPER)),
    "damage_new": Door(
        plain("damage_new"),
        get=those(KEEPER, MANAGER),
        post=those(KEEPER, MANAGER),
        data=broken,
        effect=lambda world: Damage.objects.count(),
    ),
    "damage": Door(
        lambda world: reverse("damage", args=[world.her_damage.pk]),
        get=HER_DAMAGES,
        hidden=True,
        shows=lambda world: HER_DAMAGE,
    ),
    "damage_edit": Door(
        lambda world: reverse("damage_edit", args=[world.her_damage.pk]),
        get=those(KEEPER, MANAGER),
        post=those(KEEPER, MANAGER),
        hidden=True,
        sees=HER_DAMAGES,
        data=lambda world: {
            "seen_price": "120.50",
            "cost_price": "100.00",
            "reason": "the invoice says so",
        },
        effect=lambda world: Damage.objects.get(damage_no=HER_DAMAGE).cost_price,
    ),
}
