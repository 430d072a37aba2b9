"""The company's tables of slips, payments, late handovers, the reserve and bad debts."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from accounts.imports import employee
from core.money import ZERO, less
from core.tables.columns import (
    Column,
    Reference,
    code,
    day,
    instant,
    money,
    one_of,
    positive_money,
    text,
)
from core.tables.staging import batched
from core.tables.table import CheckedRow, Row, RowRefused, Table
from orders.imports import ORDER
from receivables.models import BadDebt, LateHandover, LegalCost, Payment, ReserveOpening, Slip

BATCH = 500


def slip_ids() -> dict[str, int]:
    return dict(Slip.objects.values_list("slip_no", "id"))


def case_ids() -> dict[str, int]:
    return dict(BadDebt.objects.values_list("case_no", "id"))


SLIP = Reference(what=_("slip"), ids=slip_ids)
CASE = Reference(what=_("case"), ids=case_ids)


def check_slip(row: Row) -> Iterable[tuple[str | None, Any]]:
    if row["returned_at"] and row["returned_at"] < row["issued_at"]:
        yield "returned_at", _("lies before issued_at")


def check_slips(rows: Iterable[CheckedRow]) -> Iterable[RowRefused]:
    """SLIP-2: a slip is not corrected to less than what was paid on it."""
    counted = Payment.objects.order_by().values_list("slip__slip_no")
    paid = dict(counted.annotate(sum=Sum(less("amount", "undone"))))
    for row in rows:
        on_it = paid.get(row.values["slip_no"], ZERO)
        if row.values["amount_due"] < on_it:
            yield RowRefused(
                line=row.line,
                column="amount_due",
                reason=_("the payments on this slip already come to %(paid)s") % {"paid": on_it},
            )


def check_payment(row: Row) -> Iterable[tuple[str | None, Any]]:
    if row["handed_in_at"] and row["handed_in_at"] < row["received_at"]:
        yield "handed_in_at", _("lies before received_at")


def check_payments(rows: Iterable[CheckedRow]) -> Iterable[RowRefused]:
    """SLIP-2: several payments on one slip, never past the amount due."""
    due = dict(Slip.objects.values_list("id", "amount_due"))
    paid: dict[int, Decimal] = defaultdict(lambda: ZERO)
    counted = Payment.objects.order_by().values_list("slip_id")
    paid.update(counted.annotate(sum=Sum(less("amount", "undone"))))
    known = dict(_replaced(rows))
    for payment in known.values():
        paid[payment.slip_id] -= payment.amount
    for row in rows:
        yield from _against_known(row, known.get(row.values["payment_no"]))
        slip = row.values["slip_id"]
        paid[slip] += row.values["amount"]
        if paid[slip] > due[slip]:
            yield RowRefused(
                line=row.line,
                column="amount",
                reason=_("the payments on this slip come to %(paid)s, more than the %(due)s due")
                % {"paid": paid[slip], "due": due[slip]},
            )


def _replaced(rows: Iterable[CheckedRow]) -> Iterable[tuple[str, Payment]]:
    """The payments that the file replaces, by number."""
    fields = ("payment_no", "slip_id", "amount", "undone", "handover_id")
    for batch in batched(rows, BATCH):
        numbers = [row.values["payment_no"] for row in batch]
        for payment in Payment.objects.filter(payment_no__in=numbers).only(*fields):
            yield payment.payment_no, payment


def _against_known(row: CheckedRow, known: Payment | None) -> Iterable[RowRefused]:
    """SLIP-3, SLIP-6: what was counted at the counter, or undone, a file does not take back."""
    if known is None:
        return
    if row.values["amount"] < known.undone:
        yield RowRefused(
            line=row.line,
            column="amount",
            reason=_("%(undone)s of this payment was undone: it cannot be less")
            % {"undone": known.undone},
        )
    if known.handover_id is not None and row.values["handed_in_at"] is None:
        yield RowRefused(
            line=row.line,
            column="handed_in_at",
            reason=_("the cashier has counted this payment: it cannot be in hand again"),
        )


def check_case(row: Row) -> Iterable[tuple[str | None, Any]]:
    if bool(row["outcome"]) != bool(row["outcome_on"]):
        yield "outcome_on", _("an outcome and its day go together")
    elif row["outcome_on"] and row["outcome_on"] < row["opened_on"]:
        yield "outcome_on", _("lies before opened_on")


def check_cases(rows: Iterable[CheckedRow]) -> Iterable[RowRefused]:
    """RES-5, RES-6: an outcome that was decided in the program a file does not change."""
    decided = BadDebt.objects.filter(proposals__state="accepted")
    known = {
        no: (outcome, on)
        for no, outcome, on in decided.values_list("case_no", "outcome", "outcome_on")
    }
    for row in rows:
        says = row.values["outcome"], row.values["outcome_on"]
        if says != known.get(row.values["case_no"], says):
            yield RowRefused(
                line=row.line,
                column="outcome",
                reason=_("the outcome of this case was decided here: it is changed here"),
            )


slips = Table(
    name="slips",
    zh="收款账单",
    after=("people", "orders"),
    columns=(
        Column("slip_no", "账单号", code(), key=True),
        Column("order_no", "订单号", code(), refers=ORDER, field="order_id"),
        employee(),
        Column("issued_at", "领取时间", instant),
        Column("amount_due", "应收金额", positive_money),
        Column("returned_at", "退回时间", instant, optional=True),
    ),
    check_row=check_slip,
    check_rows=check_slips,
    model=Slip,
)

payments = Table(
    name="payments",
    zh="收款",
    after=("slips",),
    columns=(
        Column("payment_no", "收款号", code(), key=True),
        Column("slip_no", "账单号", code(), refers=SLIP, field="slip_id"),
        Column("amount", "金额", positive_money),
        Column("method", "方式", one_of([*Payment.Method.choices, ("transfer", "银行转账")])),
        Column("received_at", "收款时间", instant),
        Column("handed_in_at", "交款时间", instant, optional=True),
    ),
    check_row=check_payment,
    check_rows=check_payments,
    model=Payment,
)

late_handovers = Table(
    name="late_handovers",
    zh="次日交款",
    after=("people",),
    columns=(
        employee(key=True),
        Column("date", "日期", day, key=True),
        Column("declared_at", "申报时间", instant),
        Column("reason", "原因", text(longest=1000), optional=True, empty=""),
    ),
    model=LateHandover,
)

reserve_opening = Table(
    name="reserve_opening",
    zh="准备金期初",
    after=("people",),
    columns=(
        employee(key=True),
        Column("as_of", "日期", day),
        Column("balance", "余额", money),
    ),
    model=ReserveOpening,
)

bad_debts = Table(
    name="bad_debts",
    zh="坏账",
    after=("orders",),
    columns=(
        Column("case_no", "案号", code(), key=True),
        Column("order_no", "订单号", code(), refers=ORDER, field="order_id"),
        Column("opened_on", "立案日期", day),
        Column("outcome", "结果", one_of(BadDebt.Outcome.choices), optional=True, empty=""),
        Column("outcome_on", "结果日期", day, optional=True),
    ),
    check_row=check_case,
    check_rows=check_cases,
    model=BadDebt,
)

legal_costs = Table(
    name="legal_costs",
    zh="诉讼费",
    after=("bad_debts",),
    columns=(
        Column("case_no", "案号", code(), key=True, refers=CASE, field="case_id"),
        Column("incurred_on", "发生日期", day, key=True),
        Column("amount", "金额", money),
    ),
    model=LegalCost,
)
