"""What is owed: IOUs with and without their original, plans kept and broken, invoices."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from core import clock
from core.files.reading import file_read
from core.money import ZERO, round_down
from orders.models import Delivery, Order
from receivables.models import CollectionPlan, Iou, Payment, Slip, UnpaidDelivery
from receivables.querysets.counted import with_invoicing
from receivables.querysets.ious import terms_now, unpaid_now
from receivables.rules.slips import still_due
from receivables.services import (
    StepSaid,
    invoice_cancel,
    invoice_issue,
    iou_original,
    iou_record,
    payment_record,
    plan_agree,
    plan_write,
    promises_judge,
    step_done,
    unpaid_converge,
)
from salesforce.demo.played.stage import ago, form, on, user

WRITTEN_AGO, PAID_AGO, BROKEN_AGO = 6, 4, 2
"""Days ago: plans were written, one customer paid, another promise fell due."""
INVOICES = 8


def owed_play() -> None:
    _plans()
    owed_look()
    promises_judge(as_of=clock.today())
    _ious()
    _invoices()


def owed_look() -> None:
    """What the job of this morning found unpaid."""
    unpaid_converge(as_of=clock.today())


def _open() -> list[UnpaidDelivery]:
    rows = UnpaidDelivery.objects.open().select_related("order__customer", "order__person")
    return list(rows.order_by("delivered_on", "order__order_no"))


def _plans() -> None:
    """One kept, one broken, one under way, one to be agreed; the others have none."""
    since = clock.today() - timedelta(days=WRITTEN_AGO)
    escalated = [row for row in _open() if row.escalated_on and row.escalated_on <= since]
    escalated = [row for row in escalated if row.order.person.supervisor]
    paying = next((row for row in escalated if _slip_with_room(row.order)), None)
    others = [row for row in escalated if row != paying]
    if paying:
        _kept(paying)
    for row, play in zip(others, (_broken, _under_way, _to_agree), strict=False):
        play(row)


def _slip_with_room(order: Order) -> Slip | None:
    slips = Slip.objects.filter(order=order, returned_at=None)
    return next((slip for slip in slips if _room(slip) > 100), None)


def _room(slip: Slip) -> Decimal:
    return still_due(slip.amount_due, (each.net for each in slip.payments.all()))


def _plan(row: UnpaidDelivery, days: int, *steps: tuple[int, str, Decimal]) -> CollectionPlan:
    """Written by the supervisor, some days ago; each step falls due so many days after that."""
    supervisor = row.order.person.supervisor
    assert supervisor is not None  # noqa: S101  # only such are chosen
    with ago(days, time(9, 30)):
        return plan_write(
            actor=user(supervisor.employee_no),
            unpaid=row,
            steps=[
                StepSaid(_day(due), what, row.order.person, amount) for due, what, amount in steps
            ],
            token=form(f"plan {row.order.order_no}"),
        )


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def _agreed(plan: CollectionPlan, row: UnpaidDelivery, days: int) -> None:
    with ago(days, time(11, 0)):
        plan_agree(actor=user(row.order.person.employee_no), plan=plan)


def _part(row: UnpaidDelivery, tenths: int) -> Decimal:
    return round_down(row.unpaid * tenths / 10)


def _kept(row: UnpaidDelivery) -> None:
    """The customer transfers what was promised, in time."""
    slip = _slip_with_room(row.order)
    assert slip is not None  # noqa: S101  # it was looked for
    promised = min(_part(row, 3), round_down(_room(slip) / 2))
    plan = _plan(
        row,
        WRITTEN_AGO,
        (WRITTEN_AGO - BROKEN_AGO, "先付三成货款，银行转账", promised),
        (WRITTEN_AGO + 7, "月底前付清余款", _part(row, 5)),
    )
    _agreed(plan, row, WRITTEN_AGO)
    with ago(PAID_AGO, time(14, 20)):
        payment_record(
            actor=user(row.order.person.employee_no),
            slip=slip,
            payment_no=f"R{Payment.objects.count() + 1:06}",
            amount=promised,
            method=Payment.Method.TRANSFER,
            received_at=clock.now(),
        )


def _broken(row: UnpaidDelivery) -> None:
    """What was to be done is done, and what was to be paid is not paid."""
    plan = _plan(
        row,
        WRITTEN_AGO,
        (WRITTEN_AGO - PAID_AGO, "上门对账，取得客户盖章的对账单", ZERO),
        (WRITTEN_AGO - BROKEN_AGO, "付清一半货款", _part(row, 5)),
    )
    _agreed(plan, row, WRITTEN_AGO)
    with ago(WRITTEN_AGO - 1, time(16, 0)):
        step_done(actor=user(row.order.person.employee_no), step=plan.steps.order_by("due_on")[0])


def _under_way(row: UnpaidDelivery) -> None:
    plan = _plan(
        row,
        1,
        (2, "电话确认付款日期", ZERO),
        (5, "首付四成", _part(row, 4)),
        (13, "付清余款", _part(row, 5)),
    )
    _agreed(plan, row, 1)


def _to_agree(row: UnpaidDelivery) -> None:
    """Written by the salesperson; the supervisor has it before them."""
    with ago(1, time(17, 0)):
        plan_write(
            actor=user(row.order.person.employee_no),
            unpaid=row,
            steps=[StepSaid(_day(8), "客户承诺下周付清", row.order.person, row.unpaid)],
            token=form(f"plan {row.order.order_no}"),
            note="客户财务出差，已与老板当面说好。",
        )


def _ious() -> None:
    """Of every three deliveries one has its IOU complete, one without the original, one none."""
    terms = terms_now()
    for n, row in enumerate(_open()):
        if n % 3 == 2 or terms.due(row.delivered_on) > clock.now():
            continue
        with on(clock.local_date(terms.due(row.delivered_on)), time(16, 10)):
            iou = _iou(row)
        if iou and n % 3 == 0:
            with on(clock.local_date(terms.due(row.delivered_on)), time(17, 40)):
                iou_original(actor=user("C001"), iou=iou)


def _iou(row: UnpaidDelivery) -> Iou | None:
    delivery = Delivery.objects.get(order=row.order, delivered_on=row.delivered_on)
    unpaid = unpaid_now(delivery)
    if not unpaid:
        return None
    return iou_record(
        actor=user(row.order.person.employee_no),
        delivery=delivery,
        amount=unpaid,
        signed_by=f"{row.order.customer.name[:2]}的收货人",
        has_seal=True,
        files=[file_read(_paper(row, unpaid))],
        token=form(f"iou {row.order.order_no} {row.delivered_on}"),
    )


def _paper(row: UnpaidDelivery, unpaid: Decimal) -> SimpleUploadedFile:
    """A photo of a sheet of paper with lines, a sum and a round seal."""
    picture = Image.new("RGB", (720, 960), (232, 228, 218))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 50, 660, 910), fill=(252, 251, 246), outline=(180, 176, 166))
    for line in range(9):
        draw.line((110, 220 + line * 60, 610, 220 + line * 60), fill=(150, 156, 168), width=2)
    draw.text((110, 110), f"IOU  {row.order.order_no}  {row.delivered_on}", fill=(40, 44, 52))
    draw.text((110, 195), f"CNY {unpaid}", fill=(40, 44, 52))
    draw.ellipse((430, 690, 610, 870), outline=(190, 40, 45), width=8)
    written = BytesIO()
    picture.save(written, "JPEG", quality=80)
    return SimpleUploadedFile(
        f"jietiao-{row.order.order_no}.jpg", written.getvalue(), content_type="image/jpeg"
    )


def _invoices() -> None:
    """Some orders are invoiced in full, one in part; one invoice is cancelled."""
    counted = with_invoicing(Order.objects.all()).filter(to_invoice__gt=ZERO)
    orders: Sequence[Order] = list(counted.order_by("order_no")[:INVOICES])
    for n, order in enumerate(orders, 1):
        open_sum: Decimal = order.to_invoice  # type: ignore[attr-defined]  # annotated
        with ago(3, time(10, 0)):
            invoice = invoice_issue(
                actor=user("C001"),
                order=order,
                amount=round_down(open_sum / 2) if n == 1 else open_sum,
                invoice_no=f"2633{n:016}",
                issued_on=clock.today(),
                token=form(f"invoice {n}"),
            )
    if orders:
        with ago(2, time(15, 0)):
            invoice_cancel(actor=user("C001"), invoice=invoice, reason="客户税号有误，作废重开")
