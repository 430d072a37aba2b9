"""What is due: deliveries that customers have not paid (DUE-1)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.lists import arrange, is_fragment
from core.navigation import due_tabs
from core.permissions import require
from core.records import Fact, record_page
from core.templatetags.house import moment, yuan
from policy.clauses import clause_of
from receivables.filters import UnpaidFilter
from receivables.models import Payment, Slip, UnpaidDelivery
from receivables.permissions import can_see_unpaid
from receivables.querysets.unpaid import SEE_ALL_MONEY, were_looked_at
from receivables.tables import UnpaidTable


@require_GET
def unpaid(request: HttpRequest) -> HttpResponse:
    """The unpaid deliveries one may see: search, filter, sort, page; the sums are of all found."""
    user: Any = request.user
    require(can_see_unpaid(user))
    seen = UnpaidDelivery.objects.visible_to(user).open()
    found = UnpaidFilter(request.GET or None, queryset=seen, request=request)
    sums = found.qs.sums()
    sees_others = user.is_superuser or user.has_role(*SEE_ALL_MONEY, "supervisor")
    rows = found.qs.select_related("order__customer", "order__person")
    context = {
        "tabs": due_tabs(request),
        "filter": found,
        "sees_others": sees_others,
        "is_filtered": any(request.GET.get(name) for name in ("q", "whose", "state")),
        "table": arrange(
            request, UnpaidTable(rows, exclude=() if sees_others else ("salesperson",))
        ),
        "sums": sums,
        "looked_at": bool(sums["deliveries"]) or were_looked_at(),
        "clause": clause_of("DUE-1"),
    }
    template = (
        "receivables/_unpaid_found.html" if is_fragment(request) else "receivables/unpaid.html"
    )
    return render(request, template, context)


@require_GET
def slip(request: HttpRequest, slip_no: str) -> HttpResponse:
    """A collection slip, in short, with the money on it, to whoever may see it (SLIP-1)."""
    seen = Slip.objects.visible_to(request.user).select_related("order__customer", "person")
    row = get_object_or_404(seen, slip_no=slip_no)
    payments = Payment.objects.filter(slip=row).order_by("received_at", "id")
    return record_page(
        request,
        title=row.slip_no,
        kind=_("Collection slip"),
        icon="receipt-text",
        facts=[
            Fact(_("Order"), row.order.order_no, reverse("order", args=[row.order.order_no])),
            Fact(_("Customer"), row.order.customer.name),
            Fact(_("Salesperson"), row.person.name),
            Fact(_("Issued at"), moment(row.issued_at)),
            Fact(_("Amount due"), yuan(row.amount_due)),
            *(
                Fact(
                    _("Received %(at)s, %(method)s")
                    % {"at": moment(each.received_at), "method": each.get_method_display()},
                    yuan(each.amount),
                )
                for each in payments
            ),
            Fact(_("Returned at"), moment(row.returned_at) or _("not returned")),
        ],
    )
