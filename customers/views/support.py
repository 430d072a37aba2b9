"""Requests for support: the list, one asked, answered, told what came of it (CUS-6)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import list_page
from core.permissions import require
from customers.forms.fields import VersionForm
from customers.forms.support import AskForm, EndForm, TakeForm
from customers.lists.support import SupportList
from customers.models import SupportRequest
from customers.permissions.support import (
    can_answer,
    can_ask_support,
    can_end,
    can_see_support,
    can_withdraw,
)
from customers.services import (
    support_ask,
    support_end,
    support_refuse,
    support_take,
    support_withdraw,
)
from customers.views.projecting import as_seen, done, form_page, posted
from policy.clauses import clause_of

READ_WITH = ("person__supervisor", "customer", "colleague", "helper", "answered_by__person")


@require_GET
def support(request: HttpRequest) -> HttpResponseBase:
    """The requests one may see."""
    require(can_see_support(request.user))
    return list_page(request, SupportList)


@require_http_methods(["GET", "POST"])
def support_new(request: HttpRequest) -> HttpResponse:
    """Ask for help with a customer, or for mediation."""
    user: Any = request.user
    require(can_ask_support(user))
    form = AskForm(request.POST or None, user=user)
    if request.method == "POST" and done(form, lambda: _ask(user, form)):
        messages.success(request, _("Asked; whoever decides was told."))
        return redirect("support")
    return form_page(
        request,
        form,
        title=_("Ask for support"),
        back=reverse("support"),
        back_label=_("Support"),
        save=_("Ask"),
    )


def _ask(user: Any, form: AskForm) -> None:
    support_ask(
        person=user.person, asked=form.asked(), token=form.cleaned_data["token"], actor=user
    )


def _found(request: HttpRequest, pk: int) -> SupportRequest:
    seen = SupportRequest.objects.visible_to(request.user).select_related(*READ_WITH)
    found: SupportRequest | None = seen.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_GET
def support_request(request: HttpRequest, pk: int) -> HttpResponse:
    """A request with all that is known of it; of a mediation with oneself, that it is one, who
    mediates and what came of it."""
    about_me = SupportRequest.objects.concerning(request.user).select_related("person", "helper")
    if told := about_me.filter(pk=pk).first():
        context = {"asked": told, "clauses": [clause_of("CUS-6")]}
        return render(request, "customers/mediated.html", context)
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest,
    row: SupportRequest,
    *,
    take: TakeForm | None = None,
    end: EndForm | None = None,
) -> HttpResponse:
    user: Any = request.user
    seen = {"version": row.version}
    context = {
        "asked": row,
        "answering": can_answer(user, row),
        "ending": can_end(user, row),
        "withdrawing": can_withdraw(user, row),
        "take_form": take or TakeForm(initial={**seen, "help_by": row.wanted_on}),
        "end_form": end or EndForm(initial=seen),
        "version_form": VersionForm(initial=seen, auto_id=False),
        "clauses": [clause_of("CUS-6")],
        "changed_as": [row],
    }
    wrong = any(form is not None and form.errors for form in (take, end))
    return render(request, "customers/support_request.html", context, status=400 if wrong else 200)


@require_POST
def support_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who helps and by when, or refuse with the reason."""
    row = _found(request, pk)
    require(can_answer(request.user, row))
    form = TakeForm(request.POST)
    refuse = request.POST.get("do") == "refuse"
    ready = form.is_valid() and (refuse or form.must_name())
    if not ready or not done(form, lambda: _answer(request, row, form, refuse=refuse)):
        return _page(request, row, take=form)
    messages.success(request, _("Refused.") if refuse else _("Told to all whom it concerns."))
    return redirect("support_request", pk=pk)


def _answer(request: HttpRequest, row: SupportRequest, form: TakeForm, *, refuse: bool) -> None:
    given, seen = form.cleaned_data, as_seen(row, form)
    if refuse:
        support_refuse(request=seen, reply=given["reply"], actor=request.user)
        return
    support_take(
        request=seen,
        helper=given["helper"],
        help_by=given["help_by"],
        reply=given["reply"],
        actor=request.user,
    )


@require_POST
def support_ended(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what came of it."""
    row = _found(request, pk)
    require(can_end(request.user, row))
    form = EndForm(request.POST)
    if not done(form, lambda: _end(request, row, form)):
        return _page(request, row, end=form)
    messages.success(request, _("Kept."))
    return redirect("support_request", pk=pk)


def _end(request: HttpRequest, row: SupportRequest, form: EndForm) -> None:
    outcome = form.cleaned_data["outcome"]
    support_end(request=as_seen(row, form), outcome=outcome, actor=request.user)


@require_POST
def support_taken_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a request of one's own that waits."""
    row = _found(request, pk)
    require(can_withdraw(request.user, row))
    form = VersionForm(request.POST)
    return posted(
        request,
        form,
        lambda: support_withdraw(request=as_seen(row, form), actor=request.user),
        _("Withdrawn."),
        reverse("support_request", args=[pk]),
    )
