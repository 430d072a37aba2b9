"""An order, in short (ORD-1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.records import Fact, record_page
from core.templatetags.house import day, yuan
from orders.models import Delivery, Order


@require_GET
def order(request: HttpRequest, order_no: str) -> HttpResponse:
    """The order and what was delivered for it, to whoever may see it."""
    seen = Order.objects.visible_to(request.user).select_related("customer", "person")
    row = get_object_or_404(seen, order_no=order_no)
    deliveries = list(Delivery.objects.filter(order=row).order_by("delivered_on", "id"))
    return record_page(
        request,
        title=row.order_no,
        kind=_("Order"),
        icon="file-text",
        facts=[
            Fact(_("Customer"), row.customer.name),
            Fact(_("Salesperson"), row.person.name),
            Fact(_("Amount"), yuan(row.amount)),
            Fact(_("Signed on"), day(row.signed_on) or _("not signed yet")),
            *(
                Fact(_("Delivered on %(day)s") % {"day": day(each.delivered_on)}, yuan(each.amount))
                for each in deliveries
            ),
        ],
        changed_as=[row, *deliveries],
    )
