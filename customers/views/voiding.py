"""A visit voided, answered, decided (VIS-1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.permissions import require
from customers.forms.fields import AnswerForm, WhyForm
from customers.permissions.visits import can_answer_void, can_settle_void, can_void
from customers.services import visit_void, void_answer, void_decide
from customers.views.doing import as_seen, done
from customers.views.visits import visit_found, visit_page


@require_POST
def visit_void_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Void a visit that is not genuine, with the reason."""
    found = visit_found(request, pk)
    require(can_void(request.user, found))
    form = WhyForm(request.POST)

    def void() -> Any:
        reason = form.cleaned_data["reason"]
        return visit_void(visit=as_seen(found, form), reason=reason, actor=request.user)

    if done(form, void):
        messages.success(request, _("The visit is void; the salesperson is told."))
        return redirect("visit", pk=pk)
    return visit_page(request, found, void_form=form)


@require_POST
def visit_void_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer to an own visit that was voided."""
    found = visit_found(request, pk)
    require(can_answer_void(request.user, found))
    form = AnswerForm(request.POST)

    def answer() -> Any:
        text = form.cleaned_data["text"]
        return void_answer(visit=as_seen(found, form), text=text, actor=request.user)

    if done(form, answer):
        messages.success(request, _("Sent; somebody else than who voided it decides."))
        return redirect("visit", pk=pk)
    return visit_page(request, found, answer_form=form)


@require_POST
def visit_void_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Restore a void visit, or let it stay void."""
    found = visit_found(request, pk)
    require(can_settle_void(request.user, found))
    form, restore = WhyForm(request.POST), request.POST.get("do") == "restore"

    def settle() -> Any:
        reason = form.cleaned_data["reason"]
        seen = as_seen(found, form)
        return void_decide(visit=seen, restore=restore, reason=reason, actor=request.user)

    if done(form, settle):
        said = _("The visit counts again.") if restore else _("The visit stays void.")
        messages.success(request, said)
        return redirect("visit", pk=pk)
    return visit_page(request, found, settle_form=form)
