"""Invoices: issued against money counted, and cancelled (SLIP-5)."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.services import audit, audit_subject
from core.tables.writing import cell_text
from core.templatetags.house import moment, yuan_text
from orders.models import Order
from receivables.models import Invoice
from receivables.querysets.counted import counted_for, invoiced_for


class InvoiceRefused(Exception):
    """An invoice is refused; the message says why, in the reader's language."""


class NumberTaken(InvoiceRefused):
    """The number stands on another invoice; the message says on which."""


@transaction.atomic
def invoice_issue(
    *, actor: Any, order: Order, amount: Decimal, invoice_no: str, issued_on: date, token: UUID
) -> Invoice:
    """Issue an invoice of an order, in yuan, under the number of the tax paper (SLIP-5).

    Never over more than is counted and not yet invoiced: who issues waits for others who invoice
    the same order, and reads again. The same form sent twice issues one. Raises `InvoiceRefused`
    with the figures, `NumberTaken` for a number that was used before.
    """
    if issued := _issued(token, actor):
        return issued
    if issued_on > clock.today():
        raise InvoiceRefused(_("An invoice is not dated ahead."))
    _lock(order)
    # Of the same form sent twice, the second has waited for the first.
    if issued := _issued(token, actor):
        return issued
    _refuse_over_the_money(order, amount)
    invoice = Invoice(
        invoice_no=invoice_no,
        order=order,
        amount=amount,
        issued_on=issued_on,
        issued_by=actor,
        token=token,
    )
    _save(invoice)
    audit(
        actor=actor,
        action="issue",
        subject=audit_subject(invoice),
        changes={
            "order": [None, order.pk],
            "amount": [None, str(amount)],
            "issued_on": [None, str(issued_on)],
        },
    )
    return invoice


def _issued(token: UUID, actor: Any) -> Invoice | None:
    found: Invoice | None = Invoice.objects.filter(token=token, issued_by=actor).first()
    return found


def _lock(order: Order) -> None:
    """Whoever invoices the order as well waits; payments that come in meanwhile do not."""
    Order.objects.select_for_update(no_key=True).get(pk=order.pk)


def _refuse_over_the_money(order: Order, amount: Decimal) -> None:
    counted, invoiced = counted_for([order.pk])[order.pk], invoiced_for(order)
    if 0 < amount <= counted - invoiced:
        return
    figures = {
        "counted": yuan_text(counted),
        "invoiced": yuan_text(invoiced),
        "open": yuan_text(max(counted - invoiced, Decimal(0))),
    }
    if amount <= 0:
        raise InvoiceRefused(_("An invoice needs an amount."))
    raise InvoiceRefused(
        _("%(counted)s counted, %(invoiced)s invoiced: only %(open)s can be invoiced.") % figures
    )


def _save(invoice: Invoice) -> None:
    try:
        with transaction.atomic():
            invoice.save(force_insert=True)
    except IntegrityError:
        used = Invoice.objects.filter(invoice_no=invoice.invoice_no).select_related("order").first()
        if used is None:
            raise
        raise NumberTaken(
            _("This number is on the invoice of %(day)s for order %(order)s already.")
            % {"day": used.issued_on.isoformat(), "order": used.order.order_no}
        ) from None


@transaction.atomic
def invoice_cancel(*, actor: Any, invoice: Invoice, reason: str) -> Invoice:
    """Cancel an invoice, with the reason; its amount can be invoiced again, its number not.

    Raises `InvoiceRefused` for who comes second, saying who was first.
    """
    if not reason.strip():
        raise InvoiceRefused(_("Cancelling an invoice needs its reason."))
    at = clock.now()
    standing = Invoice.objects.standing().filter(pk=invoice.pk)
    cancelled = standing.update(cancelled_at=at, cancelled_by=actor, cancel_reason=reason.strip())
    now: Invoice = Invoice.objects.select_related("cancelled_by__person").get(pk=invoice.pk)
    if not cancelled:
        raise InvoiceRefused(_cancelled_says(now))
    changes = {"cancelled_at": [None, cell_text(at)], "cancel_reason": [None, reason.strip()]}
    audit(actor=actor, action="cancel", subject=audit_subject(invoice), changes=changes)
    return now


def _cancelled_says(invoice: Invoice) -> str:
    who: Any = invoice.cancelled_by
    return _("%(who)s has cancelled it already, at %(when)s. %(reason)s") % {
        "who": who.get_full_name() if who else "—",
        "when": moment(invoice.cancelled_at),
        "reason": invoice.cancel_reason,
    }
