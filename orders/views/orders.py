"""Orders: the list, one with all that is known of it, entering and changing one (ORD-1)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.files.querysets import files_of
from core.files.services import FileRefused
from core.lists import is_fragment, list_page
from core.money import total
from core.panels import panels_of
from core.permissions import require
from core.uploads import is_too_large
from orders.choosing import SHOWN, customers_for
from orders.forms import OrderEditForm, OrderForm, ScansForm, SigningForm
from orders.lists import OrderList
from orders.models import Order
from orders.permissions import (
    can_act_on,
    can_add_order,
    can_ask_transfer,
    can_correct_delivery,
    can_see_orders,
)
from orders.rules import may_still_deliver
from orders.services import (
    OrderRefused,
    next_number,
    order_add,
    order_edit,
    order_sign,
    scans_add,
)
from orders.services.orders import SCANS
from orders.standing import margin_standing
from orders.views.pages import form_page, order_of, percent, refuse
from policy.labels import readable


@require_GET
def orders(request: HttpRequest) -> HttpResponseBase:
    """The orders one may see, the newest first."""
    require(can_see_orders(request.user))
    return list_page(request, OrderList)


@require_GET
def order(request: HttpRequest, order_no: str) -> HttpResponse:
    """All that is known of an order, to whoever may see it; the money is fetched afterwards."""
    return _page(request, order_of(request, order_no))


def _page(request: HttpRequest, row: Order, scans: ScansForm | None = None) -> HttpResponse:
    user: Any = request.user
    deliveries = list(row.deliveries.order_by("delivered_on", "id"))
    for delivery in deliveries:
        delivery.order = row
    disputes = list(row.disputes.select_related("opened_by__person", "settled_by__person"))
    delivered = total(each.net for each in deliveries)
    context = {
        "order": row,
        "deliveries": deliveries,
        "delivered": delivered,
        "returned": total(each.returned for each in deliveries),
        "room": may_still_deliver(row.amount, delivered),
        "disputes": disputes,
        "transfers": list(row.transfers.select_related("from_person", "to_person")),
        "is_disputed": any(each.is_open for each in disputes),
        **_margin(row),
        "files": files_of(SCANS, [row.pk])[str(row.pk)],
        "scans_form": scans or ScansForm(),
        "panels": panels_of("order", user, order=row),
        "can_act": can_act_on(user, row),
        "can_ask_transfer": can_ask_transfer(user, row),
        "can_correct": any(can_correct_delivery(user, each) for each in deliveries),
        "changed_as": [row, *deliveries, *disputes],
    }
    wrong = scans is not None and bool(scans.errors)
    return render(request, "orders/order.html", context, status=400 if wrong else 200)


def _margin(row: Order) -> dict[str, Any]:
    standing = margin_standing(row)
    return {
        "margin": standing,
        "margin_share": percent(row.margin_rate),
        "floor_share": readable("margin_floor", str(standing.floor)) if standing.floor else "",
    }


@require_GET
def order_panel(request: HttpRequest, order_no: str, key: str) -> HttpResponse:
    """One block of an order's page: for htmx by itself, else under the heading."""
    row = order_of(request, order_no)
    found = [panel for panel in panels_of("order", request.user, order=row) if panel.key == key]
    if not found:
        raise Http404
    template = "accounts/_panel.html" if is_fragment(request) else "orders/panel.html"
    return render(request, template, {"order": row, "panel": found[0]})


@require_http_methods(["GET", "POST"])
def order_new(request: HttpRequest) -> HttpResponse:
    """Enter an order; what the project of the address says of it stands in the form already."""
    user: Any = request.user
    require(can_add_order(user))
    form = OrderForm(user, next_number(), request.POST or None)
    if not form.is_bound:
        form.come_of(request.GET.get("project", ""))
    if request.method == "POST" and form.is_valid():
        try:
            made = order_add(actor=user, **form.given)
        except OrderRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Order %(no)s is entered.") % {"no": made.order_no})
            return redirect("order", order_no=made.order_no)
    return form_page(request, form, title=_("New order"), save=_("Enter"))


@require_GET
def order_customers(request: HttpRequest) -> HttpResponse:
    """Customers to choose from, while somebody types."""
    require(can_add_order(request.user))
    typed = request.GET.get("customer_q", "")
    reach = customers_for(request.user)
    found = reach.found(typed)
    context = {
        "name": "customer",
        "typed": typed.strip(),
        "found": found[:SHOWN],
        "more": len(found) > SHOWN,
        "looks": reach.looks,
    }
    return render(request, "orders/_customers_found.html", context)


@require_http_methods(["GET", "POST"])
def order_change(request: HttpRequest, order_no: str) -> HttpResponse:
    """Change what is known of an order."""
    user: Any = request.user
    row = order_of(request, order_no)
    require(can_act_on(user, row))
    form = OrderEditForm(user, row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            order_edit(actor=user, order=row, **form.given)
        except OrderRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Kept."))
            return redirect("order", order_no=order_no)
    return form_page(request, form, title=_("Change the order"), save=_("Save"), order=row)


@require_http_methods(["GET", "POST"])
def order_signed(request: HttpRequest, order_no: str) -> HttpResponse:
    """The order was signed."""
    user: Any = request.user
    row = order_of(request, order_no)
    require(can_act_on(user, row))
    form = SigningForm(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            order_sign(actor=user, order=row, **form.cleaned_data)
        except OrderRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The order is signed."))
            return redirect("order", order_no=order_no)
    return form_page(request, form, title=_("Signed"), save=_("Save"), order=row)


@require_POST
def order_scans(request: HttpRequest, order_no: str) -> HttpResponse:
    """Put scans to an order."""
    user: Any = request.user
    row = order_of(request, order_no)
    require(can_act_on(user, row))
    form = ScansForm(request.POST, request.FILES, too_large=is_too_large(request))
    if form.is_valid():
        try:
            scans_add(actor=user, order=row, files=form.cleaned_data["files"])
        except FileRefused as refusal:
            form.add_error("files", str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("order", order_no=order_no)
    return _page(request, row, scans=form)
