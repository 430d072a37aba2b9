"""Whoever does not want to be disturbed: marked, and the mark lifted (VIS-4, S6.20)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.permissions import require
from customers.forms.calls import QuietForm
from customers.permissions.calls import can_lift_quiet, can_mark_quiet
from customers.services import quiet_lift, quiet_mark
from customers.views.doing import done
from customers.views.files import file_of, form_page


@require_http_methods(["GET", "POST"])
def customer_quiet(request: HttpRequest, customer_no: str) -> HttpResponse:
    """Mark a customer as not to be disturbed: nobody calls them any more."""
    file = file_of(request, customer_no)
    require(can_mark_quiet(request.user, file))
    return _page(
        request,
        file,
        lambda reason: quiet_mark(customer=file, reason=reason, actor=request.user),
        title=_("Not to be disturbed"),
        save=_("Mark"),
        said=_("Marked: nobody calls them any more."),
    )


@require_http_methods(["GET", "POST"])
def customer_quiet_lift(request: HttpRequest, customer_no: str) -> HttpResponse:
    """Lift the mark, with the reason."""
    file = file_of(request, customer_no)
    require(can_lift_quiet(request.user, file))
    return _page(
        request,
        file,
        lambda reason: quiet_lift(customer=file, reason=reason, actor=request.user),
        title=_("May be called again"),
        save=_("Lift the mark"),
        said=_("The mark is lifted."),
    )


def _page(
    request: HttpRequest,
    file: Any,
    does: Callable[[str], Any],
    *,
    title: str,
    save: str,
    said: str,
) -> HttpResponse:
    form = QuietForm(request.POST or None)
    if request.method == "POST" and done(form, lambda: does(form.cleaned_data["reason"])):
        messages.success(request, said)
        return redirect("customer", customer_no=file.customer_no)
    return form_page(request, form, title=title, save=save, file=file)
