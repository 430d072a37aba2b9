"""A customer's file, in short (CUS-1)."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.confidential import opened
from core.records import Fact, record_page
from core.services import audit_subject
from core.templatetags.house import day
from customers.models import Customer


@require_GET
def customer(request: HttpRequest, customer_no: str) -> HttpResponseBase:
    """The file, to whoever may see it; that it was opened is kept (CUS-2)."""
    seen = Customer.objects.visible_to(request.user).select_related("owner")
    row = get_object_or_404(seen, customer_no=customer_no)
    page = record_page(
        request,
        title=row.name,
        kind=_("Customer"),
        icon="building-2",
        facts=[
            Fact(_("Number"), row.customer_no),
            Fact(_("Owner"), row.owner.name if row.owner else _("nobody's")),
            Fact(_("Address"), row.address),
            Fact(_("Scale"), row.scale),
            Fact(_("Created on"), day(row.created_on)),
        ],
        changed_as=[row],
    )
    return opened(
        request,
        page,
        kind="customer",
        subject=audit_subject(row),
    )
