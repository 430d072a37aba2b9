"""What collections hand in to a leaver's hand-over list (PAY-6)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.handing_over import HandoverItem
from accounts.models import Person
from core.templatetags.house import day, yuan_text
from receivables.models import BadDebt, Payment, Slip, UnpaidDelivery


def items(person: Person) -> Iterator[HandoverItem]:
    """Slips held, money in hand, unpaid deliveries, open bad-debt cases. Four queries."""
    yield from _slips(person)
    yield from _money(person)
    yield from _unpaid(person)
    cases = BadDebt.objects.filter(order__person=person, outcome="").order_by("case_no")
    for no, order in cases.values_list("case_no", "order__order_no"):
        yield HandoverItem(
            f"case/{no}", _("Bad-debt cases"), no, _("order %(order)s") % {"order": order}
        )


def _slips(person: Person) -> Iterator[HandoverItem]:
    held = Slip.objects.filter(person=person, returned_at=None).order_by("slip_no")
    for no, amount in held.values_list("slip_no", "amount_due"):
        yield HandoverItem(f"slip/{no}", _("Collection slips"), no, yuan_text(amount))


def _money(person: Person) -> Iterator[HandoverItem]:
    in_hand = Payment.objects.filter(slip__person=person, handed_in_at=None).exclude(
        method=Payment.Method.TRANSFER
    )
    for no, amount in in_hand.order_by("payment_no").values_list("payment_no", "amount"):
        yield HandoverItem(f"payment/{no}", _("Money in hand"), no, yuan_text(amount))


def _unpaid(person: Person) -> Iterator[HandoverItem]:
    rows = UnpaidDelivery.objects.open().filter(order__person=person)
    for order, on, unpaid in rows.values_list("order__order_no", "delivered_on", "unpaid"):
        yield HandoverItem(
            f"unpaid/{order}/{on}", _("Unpaid deliveries"), f"{order} · {day(on)}", yuan_text(unpaid)
        )
