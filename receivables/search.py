"""Collection slips, invoices and bad-debt cases in the search box: by their own number or their
order's (SLIP-1, SLIP-5, RES-3)."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.search import Hit, SearchGroup, best_first
from core.spelling import spelled
from customers.models import Customer
from receivables.models import BadDebt, Invoice, Slip
from receivables.permissions import can_see_invoices, can_see_unpaid


def slips(user: Any, words: str, limit: int) -> SearchGroup | None:
    if not can_see_unpaid(user):
        return None
    by_words = (
        Q(slip_no__icontains=words)
        | Q(order__order_no__icontains=words)
        | Q(order__customer__name__icontains=words)
        | Q(order__customer__in=spelled(Customer, words))
    )
    rows = Slip.objects.visible_to(user).filter(by_words)
    found = best_first(rows, "slip_no", words).select_related("order__customer", "person")
    return SearchGroup(
        title=_("Collection slips"),
        icon="receipt-text",
        hits=[
            Hit(
                label=f"{row.slip_no} {row.order.customer.name}",
                note=row.person.name,
                url=reverse("slip", args=[row.slip_no]),
                exact=row.slip_no.lower() == words,
            )
            for row in found[:limit]
        ],
    )


def invoices(user: Any, words: str, limit: int) -> SearchGroup | None:
    if not can_see_invoices(user):
        return None
    by_words = Q(invoice_no__icontains=words) | Q(order__order_no__icontains=words)
    rows = Invoice.objects.visible_to(user).filter(by_words)
    found = best_first(rows, "invoice_no", words).select_related("order__customer", "order__person")
    return SearchGroup(
        title=_("Invoices"),
        icon="file-text",
        hits=[
            Hit(
                label=f"{row.invoice_no} {row.order.customer.name}",
                note=row.order.person.name,
                url=reverse("invoice", args=[row.invoice_no]),
                exact=row.invoice_no.lower() == words,
            )
            for row in found[:limit]
        ],
    )


def cases(user: Any, words: str, limit: int) -> SearchGroup | None:
    if not can_see_unpaid(user):
        return None
    by_words = (
        Q(case_no__icontains=words)
        | Q(order__order_no__icontains=words)
        | Q(order__customer__name__icontains=words)
        | Q(order__customer__in=spelled(Customer, words))
    )
    rows = BadDebt.objects.visible_to(user).filter(by_words)
    found = best_first(rows, "case_no", words).select_related("order__customer", "order__person")
    return SearchGroup(
        title=_("Bad debts"),
        icon="gavel",
        hits=[
            Hit(
                label=f"{row.case_no} {row.order.customer.name}",
                note=row.order.person.name,
                url=reverse("bad_debt", args=[row.case_no]),
                exact=row.case_no.lower() == words,
            )
            for row in found[:limit]
        ],
    )
