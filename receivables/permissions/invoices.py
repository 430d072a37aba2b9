"""Who may see, issue and cancel invoices (SLIP-5)."""

from typing import Any

from django.utils.translation import gettext as _

from core.permissions import ALLOWED, Decision
from orders.models import Order
from receivables.models import Invoice
from receivables.permissions.unpaid import can_see_unpaid


def can_see_invoices(user: Any) -> Decision:
    """Whoever sees money; of whose orders is in `querysets`."""
    return can_see_unpaid(user)


def can_issue_invoice(user: Any, order: Order | None = None) -> Decision:
    """Finance; but nobody invoices what they sold themselves."""
    if not (user.is_superuser or user.has_role("finance")):
        return Decision(False, _("Invoices are issued by finance."))
    if order is not None and user.person_id == order.person_id:
        return Decision(False, _("Somebody else invoices what you sold yourself."))
    return ALLOWED


def can_cancel_invoice(user: Any, invoice: Invoice) -> Decision:
    if invoice.cancelled_at is not None:
        return Decision(False, _("The invoice has been cancelled."))
    if not (user.is_superuser or user.has_role("finance")):
        return Decision(False, _("Invoices are cancelled by finance."))
    return can_issue_invoice(user, invoice.order)
