"""Expenses claimed and decided, goods put on file and lent, a thing broken (EXP, GOOD)."""

from contextlib import AbstractContextManager
from datetime import time, timedelta
from decimal import Decimal

from claims.models import Expense, Goods
from claims.services import (
    GoodsFacts,
    Spent,
    damage_record,
    expense_approve,
    expense_claim,
    expense_refuse,
    goods_add,
    loan_ask,
    loan_hand_out,
    loan_lend,
    loan_return,
)
from claims.services.damages import Broken
from claims.services.returning import Found
from core import clock
from core.files.reading import ReadFile, file_read
from orders.models import Order
from salesforce.demo.played.photo import receipt_photo
from salesforce.demo.played.stage import ago, form, person, user

CLAIMANT, DECIDER, KEEPER = "Y001", "Z001", "K001"
REGISTER = (
    # code, what, price in yuan, serial no., where it lies
    ("YJ-001", "演示变频器", "1260.00", "VF2024-0871", "样机柜A1"),
    ("YJ-002", "便携示波器", "380.00", "DS1102-3317", "样机柜A2"),
    ("YJ-003", "LED投光灯样机", "620.00", "", "样机柜B1"),
    ("YJ-004", "手持测温仪", "450.00", "TM-20931", "样机柜A2"),
    ("YJ-005", "超声探头样机", "2980.00", "US-7740", "保险柜"),
    ("YJ-006", "便携投影机", "1850.00", "PJ-0412", "样机柜B2"),
)


def claims_play() -> None:
    _claims()
    _lending(_register())
    _damage()


def _this_month(days: int, wall: time) -> AbstractContextManager[None]:
    """Some days ago, but in the running month: those before it are closed."""
    return ago(min(days, clock.today().day - 1), wall)


def _claims() -> None:
    """One approved, one refused, one that waits: all on the latest order that is signed."""
    signed = Order.objects.filter(person=person(CLAIMANT), signed_on__lte=clock.today())
    order = signed.order_by("-signed_on", "order_no").first()
    if order is None:
        return
    with _this_month(4, time(18, 5)):
        paid = _claim(order, "travel", "186.00", "去客户现场签合同，高铁往返")
        wrong = _claim(order, "meal", "92.50", "与客户午餐")
    with _this_month(3, time(9, 20)):
        expense_approve(claim=paid, actor=user(DECIDER))
        expense_refuse(claim=wrong, reply="发票抬头不是公司，请换开后重新报销", actor=user(DECIDER))
    with ago(0, time(8, 40)):
        _claim(order, "meal", "128.00", "验收后宴请，三人")


def _claim(order: Order, kind: str, amount: str, note: str) -> Expense:
    claimant = person(CLAIMANT)
    day = clock.today()
    return expense_claim(
        order=order,
        person=claimant,
        spent=Spent(kind, max(day - timedelta(days=1), claimant.hired_on), Decimal(amount), note),
        files=[_photo(f"票据{amount}.jpg", Decimal(amount))],
        token=form(f"claim {amount}"),
        actor=user(CLAIMANT),
    )


def _photo(name: str, amount: Decimal) -> ReadFile:
    return file_read(receipt_photo(name, amount=f"{amount:.2f}"))


def _register() -> list[Goods]:
    keeper = user(KEEPER)
    with ago(40, time(14, 0)):
        return [
            goods_add(
                facts=GoodsFacts(code, name, Decimal(price), serial, place),
                token=form(f"goods {code}"),
                actor=keeper,
            )
            for code, name, price, serial, place in REGISTER
        ]


def _lending(pieces: list[Goods]) -> None:
    """One lent and back, one out, one asked for."""
    keeper = user(KEEPER)
    with _this_month(6, time(10, 0)):
        back = loan_lend(
            goods=pieces[3],
            person=person("Y003"),
            purpose="客户设备温升测试",
            token=form("loan back"),
            actor=keeper,
        )
    with _this_month(4, time(16, 30)):
        loan_return(loan=back, found=Found("good", clock.today()), actor=keeper)
    with _this_month(1, time(11, 15)):
        asked = loan_ask(
            goods=pieces[0],
            person=person(CLAIMANT),
            purpose="带去客户车间演示",
            token=form("ask lent"),
            actor=user(CLAIMANT),
        )
        loan_hand_out(request=asked, actor=keeper)
    with ago(0, time(8, 45)):
        loan_ask(
            goods=pieces[5],
            person=person("Y002"),
            purpose="投标讲解",
            token=form("ask waits"),
            actor=user("Y002"),
        )


def _damage() -> None:
    with _this_month(2, time(15, 10)):
        damage_record(
            person=person("Y005"),
            broken=Broken(
                on=clock.today(),
                item="会议室白板",
                cost_price=Decimal("168.00"),
                on_purpose=False,
                note="搬动时碰倒，板面开裂",
                heard="当时一个人搬，没拿稳，愿意按成本价赔偿",
            ),
            files=[_photo("白板.jpg", Decimal("168.00"))],
            token=form("damage"),
            actor=user(KEEPER),
        )
