"""What the bank says on the pages of a slip and of an order: which line of the account a payment
is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.panels import Panel
from core.records import Fact
from core.templatetags.house import day, yuan_text
from orders.models import Order
from receivables.bank.models import BankMatch
from receivables.bank.permissions import can_reconcile
from receivables.models import Payment


def bank_facts(user: Any, payments: Iterable[Payment]) -> Mapping[int, list[Fact]]:
    """For each payment the lines it stands on; to finance with the way there. One query."""
    may_look = bool(can_reconcile(user))
    facts: dict[int, list[Fact]] = defaultdict(list)
    standing = BankMatch.objects.standing().filter(payment__in=list(payments))
    for match in standing.select_related("line").order_by("line__booked_at", "id"):
        line = match.line
        facts[match.payment_id].append(
            Fact(
                _("On the bank statement"),
                f"{day(line.day)} · {line.payer or '—'} · {yuan_text(match.amount)}",
                reverse("bank_line", args=[line.pk]) if may_look else "",
            )
        )
    return facts


def order(user: Any, order: Order) -> Iterator[Panel]:
    """What was transferred for an order, each with its line of the statement, to finance alone."""
    if can_reconcile(user):
        yield Panel(
            key="bank",
            title=_("On the bank statement"),
            template="receivables/bank/_order.html",
            context={"transfers": partial(_transfers, user, order)},
        )


def _transfers(user: Any, order: Order) -> list[tuple[Payment, Sequence[Fact]]]:
    """Two queries."""
    seen = Payment.objects.visible_to(user).filter(slip__order=order, method="transfer")
    payments = list(seen.select_related("slip").order_by("received_at", "id"))
    on_bank = bank_facts(user, payments)
    return [(payment, on_bank.get(payment.pk, ())) for payment in payments]
