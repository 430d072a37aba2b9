"""Firms that look alike: told while a file is opened, merged by the manager (CUS-1, CUS-3)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.permissions import require
from customers.forms.files import MergeForm
from customers.models import Customer
from customers.permissions.files import can_add_file, can_merge
from customers.querysets.calls import with_calls_on
from customers.reads.telephone import calls_a_day, shown_number
from customers.services import FileRefusal, files_merge
from customers.services.merging import counts_of
from customers.views.alike_told import similar_to
from customers.views.files import file_of, form_page, refuse
from customers.views.opening import opened_file


@require_GET
def customer_similar(request: HttpRequest) -> HttpResponse:
    """Firms that look like what is being typed, as a part of the form."""
    require(can_add_file(request.user))
    context = {
        "similar": similar_to(request.user, request.GET),
        "is_another": request.GET.get("is_another"),
    }
    return render(request, "customers/_similar.html", context)


@require_http_methods(["GET", "POST"])
def customer_merge(request: HttpRequest, customer_no: str) -> HttpResponseBase:
    """Make another file of the same firm a part of this one; what it would bring is shown first."""
    file = file_of(request, customer_no)
    require(can_merge(request.user))
    form = MergeForm(request.POST or None, initial={"other": request.GET.get("other", "")[:32]})
    if request.method == "POST" and form.is_valid():
        try:
            files_merge(actor=request.user, keep=file, **form.cleaned_data)
        except FileRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The two files are one."))
            return redirect("customer", customer_no=customer_no)
    other = _named(request)
    answer = form_page(
        request,
        form,
        title=_("Merge with another file"),
        save=_("Merge"),
        file=file,
        template="customers/merge.html",
        other=other,
        number=shown_number(other.telephone, other, most=calls_a_day()) if other else None,
        brings=counts_of(other) if other else {},
    )
    return opened_file(request, answer, file, is_part=True)


def _named(request: HttpRequest) -> Customer | None:
    """The file that the address names, to be looked at before."""
    seen = Customer.objects.visible_to(request.user).select_related("owner")
    found: Customer | None = (
        with_calls_on(seen, clock.today())
        .filter(customer_no=request.GET.get("other", "").replace("\0", "")[:32])
        .first()
    )
    return found
