"""Evenings at the cashier's counter: money counted, a difference, sheets, slips (SLIP-3)."""

from datetime import time
from decimal import Decimal

from accounts.models import Person
from core import clock
from receivables.models import DaySheet, Discrepancy, Handover, Payment, Slip, SlipCount
from receivables.querysets.day_sheets import next_sheet
from receivables.querysets.slip_counts import slips_in_hand
from receivables.rules.counting import DENOMINATIONS
from receivables.rules.slips import number_after
from receivables.services import (
    discrepancy_explain,
    discrepancy_settle,
    handover_count,
    payment_record,
    sheet_close,
    sheet_sign,
    slip_count_confirm,
    slip_count_keep,
)
from salesforce.demo.played.stage import ago, form, user

CASHIER, FINANCE = "C002", "C001"
SHOWS_HER_SLIPS = "Y001"
MOST = Decimal("1860.50")


def counter_play() -> None:
    """Two evenings, each with its sheet; the one before last is signed off and settled."""
    holders = _holders()
    _evening(holders[:1], days=2, short=Decimal(-5))
    _settled_and_signed(days=1)
    _evening(holders[1:], days=1, short=Decimal(20))
    _slips_counted()


def _holders() -> list[tuple[Person, Slip]]:
    """Salespeople with a slip on which something is still to be collected, and nothing in hand."""
    found: list[tuple[Person, Slip]] = []
    busy = Payment.objects.in_hand().order_by().values("slip__person")
    free = Person.objects.salespeople().filter(left_on=None).exclude(id__in=busy)
    for seller in free.order_by("-employee_no"):
        held = Slip.objects.filter(person=seller).held().with_counted()
        slip = held.order_by("slip_no").first()
        if slip and seller.employee_no != SHOWS_HER_SLIPS and len(found) < 5:
            found.append((seller, slip))
    return found


def _evening(brought: list[tuple[Person, Slip]], *, days: int, short: Decimal) -> None:
    """Money received in the afternoon is counted in the evening; the first brings too little."""
    for n, (seller, slip) in enumerate(brought):
        received = _received(seller, slip, days)
        if received is None:
            continue
        with ago(days, time(17, 10 + 5 * n)):
            cash = received.amount - (short if n == 0 else 0)
            handover_count(
                actor=user(CASHIER),
                person=seller,
                payments=[received.pk],
                denominations=_notes(cash),
                token=form(f"count {days} {n}"),
            )
    _explained(days)
    through = next_sheet()["through"]
    if through:
        with ago(days, time(18, 10)):
            sheet_close(actor=user(CASHIER), through=through)


def _received(seller: Person, slip: Slip, days: int) -> Payment | None:
    latest = Payment.objects.order_by("payment_no").values_list("payment_no", flat=True).last()
    with ago(days, time(14, 30)):
        if slip.issued_at > clock.now():
            return None
        return payment_record(
            actor=user(seller.employee_no),
            slip=slip,
            payment_no=number_after(latest),
            amount=min(slip.amount_due - slip.counted, MOST),  # type: ignore[attr-defined]
            method=Payment.Method.CASH,
            received_at=clock.now(),
        )


def _notes(cash: Decimal) -> dict[Decimal, int]:
    """As few notes and coins as make the sum."""
    found: dict[Decimal, int] = {}
    for note in DENOMINATIONS:
        found[note], cash = int(cash // note), cash % note
    return found


def _explained(days: int) -> None:
    for found in Discrepancy.objects.filter(state=Discrepancy.State.OPEN):
        with ago(days, time(17, 50)):
            discrepancy_explain(
                actor=user(found.handover.person.employee_no),
                discrepancy=found,
                text="给客户找零时点错了，单据上的金额是对的。",
            )


def _settled_and_signed(*, days: int) -> None:
    finance = user(FINANCE)
    with ago(days, time(9, 20)):
        for found in Discrepancy.objects.unsettled():
            discrepancy_settle(
                actor=finance,
                discrepancy=found,
                way=Discrepancy.Settlement.GIVEN_BACK,
                note="已当面退还，本人签收。",
            )
        for sheet in DaySheet.objects.filter(signed_at=None):
            sheet_sign(actor=finance, sheet=sheet)


def _slips_counted() -> None:
    """One count is agreed; hers waits for her word."""
    counted = Handover.objects.order_by("pk").values_list("person__employee_no", flat=True)
    for employee_no in (counted.first(), SHOWS_HER_SLIPS):
        seller = Person.objects.filter(employee_no=employee_no).first()
        if seller is None:
            continue
        held = list(slips_in_hand(seller).values_list("slip_no", flat=True))
        with ago(1, time(18, 20)):
            slip_count_keep(actor=user(FINANCE), person=seller, seen=held, shown=held)
    first = SlipCount.objects.order_by("pk").first()
    if first and first.person.employee_no != SHOWS_HER_SLIPS:
        with ago(1, time(18, 30)):
            slip_count_confirm(actor=user(first.person.employee_no), count=first)
