"""What is due: deliveries that customers have not paid (DUE-1)."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.lists import list_page
from core.permissions import require
from core.records import Fact, record_page
from core.templatetags.house import moment, yuan
from receivables.lists import UnpaidList
from receivables.models import Payment, Slip
from receivables.permissions import can_see_unpaid


@require_GET
def unpaid(request: HttpRequest) -> HttpResponseBase:
    """The unpaid deliveries one may see."""
    require(can_see_unpaid(request.user))
    return list_page(request, UnpaidList)


@require_GET
def slip(request: HttpRequest, slip_no: str) -> HttpResponse:
    """A collection slip, in short, with the money on it, to whoever may see it (SLIP-1)."""
    seen = Slip.objects.visible_to(request.user).select_related("order__customer", "person")
    row = get_object_or_404(seen, slip_no=slip_no)
    payments = list(Payment.objects.filter(slip=row).order_by("received_at", "id"))
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
        changed_as=[row, *payments],
    )
