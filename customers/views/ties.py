"""Ties of people and companies: said, taken back (CUS-1)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.permissions import require
from customers.forms.ties import TieForm
from customers.models import Tie
from customers.permissions.files import can_keep
from customers.services import FileRefusal
from customers.services.ties import tie_add, tie_remove
from customers.views.files import file_of, form_page, refuse


@require_http_methods(["GET", "POST"])
def tie_new(request: HttpRequest, customer_no: str) -> HttpResponse:
    """Say how two are tied."""
    file = file_of(request, customer_no)
    require(can_keep(request.user, file))
    form = TieForm(request.user, file, request.POST or None)
    if request.method == "POST" and form.is_valid():
        names = ("one", "other", "kind", "note", "token")
        try:
            tie_add(actor=request.user, **{name: form.cleaned_data[name] for name in names})
        except FileRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Kept."))
            return redirect(reverse("customer", args=[customer_no]) + "#network")
    return form_page(request, form, title=_("New tie"), save=_("Add"), file=file)


@require_POST
def tie_gone(request: HttpRequest, customer_no: str, pk: int) -> HttpResponse:
    """Take a tie back."""
    file = file_of(request, customer_no)
    require(can_keep(request.user, file))
    ties = Tie.objects.visible_to(request.user).of(file).with_ends()
    tie_remove(actor=request.user, file=file, tie=get_object_or_404(ties, pk=pk))
    messages.success(request, _("The tie is taken back."))
    return redirect(reverse("customer", args=[customer_no]) + "#network")
