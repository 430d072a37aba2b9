"""What collections hand in to a leaver's hand-over list (PAY-6)."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from accounts.handing_over import HandoverItem
from core.money import less
from core.templatetags.house import day, yuan_text
from receivables.models import BadDebt, Payment, Slip, UnpaidDelivery


def items(people: Collection[int]) -> Iterator[HandoverItem]:
    """Slips held, money in hand, unpaid deliveries, open bad-debt cases. Four queries."""
    yield from _slips(people)
    yield from _money(people)
    yield from _unpaid(people)
    cases = BadDebt.objects.filter(order__person__in=people, outcome="").order_by("case_no")
    for who, no, order in cases.values_list("order__person", "case_no", "order__order_no"):
        yield HandoverItem(
            who, f"case/{no}", _("Bad-debt cases"), no, _("order %(order)s") % {"order": order}
        )


def _slips(people: Collection[int]) -> Iterator[HandoverItem]:
    """Held until returned, or until the money that has arrived covers it (CUT-1)."""
    held = Slip.objects.filter(person__in=people).held().with_counted().order_by("slip_no")
    for who, no, due, came in held.values_list("person", "slip_no", "amount_due", "counted"):
        yield HandoverItem(who, f"slip/{no}", _("Collection slips"), no, yuan_text(due - came))


def _money(people: Collection[int]) -> Iterator[HandoverItem]:
    in_hand = Payment.objects.in_hand().filter(slip__person__in=people).order_by("payment_no")
    rows = in_hand.values_list("slip__person", "payment_no", less("amount", "undone"))
    for who, no, amount in rows:
        yield HandoverItem(who, f"payment/{no}", _("Money in hand"), no, yuan_text(amount))


def _unpaid(people: Collection[int]) -> Iterator[HandoverItem]:
    rows = UnpaidDelivery.objects.open().filter(order__person__in=people)
    for who, order, on, unpaid in rows.values_list(
        "order__person", "order__order_no", "delivered_on", "unpaid"
    ):
        yield HandoverItem(
            who,
            f"unpaid/{order}/{on}",
            _("Unpaid deliveries"),
            f"{order} · {day(on)}",
            yuan_text(unpaid),
        )
