"""A charge forgiven, and its forgiveness taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.lists import is_fragment
from core.permissions import require
from core.templatetags.house import month_name
from payroll.forms import ReasonForm
from payroll.models import Entry, PayMonth, Waiver
from payroll.permissions import can_waive
from payroll.rules import Account
from payroll.services import CannotWaive, close_follow, waiver_grant, waiver_withdraw
from payroll.services.posting import open_month_for
from payroll.statements import rule_title


@require_http_methods(["GET", "POST"])
def waiver(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what forgiving a charge changes (or taking that back) and ask for the reason; POST does
    it, if the charge still is as it was shown."""
    seen = Entry.objects.decidable_by(request.user).select_related("person")
    entry = get_object_or_404(seen, pk=pk)
    require(can_waive(request.user, entry))
    standing = Waiver.objects.filter(key=entry.key, withdrawn_at=None).first()
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        wants_grant = request.POST.get("do") == "grant"
        if wants_grant == bool(standing):
            messages.info(request, _("Somebody else did so meanwhile."))
            return redirect("entry_why", pk=pk)
        if form.is_valid():
            return _waive(request, entry, form.cleaned_data["reason"], grant=wants_grant)
    context = {
        "entry": entry,
        "title": rule_title(entry.rule),
        "standing": standing,
        "form": form,
        "effects": _effects(entry, grant=standing is None),
    }
    template = "payroll/_waiver_ask.html" if is_fragment(request) else "payroll/waiver.html"
    return render(request, template, context, status=400 if form.errors else 200)


def _waive(request: HttpRequest, entry: Entry, reason: str, *, grant: bool) -> HttpResponse:
    actor: Any = request.user
    try:
        if grant:
            waiver_grant(key=entry.key, reason=reason, actor=actor)
        else:
            waiver_withdraw(key=entry.key, reason=reason, actor=actor)
    except CannotWaive as refusal:
        messages.error(request, str(refusal))
        return redirect("entry_why", pk=entry.pk)
    said = _("The charge is forgiven.") if grant else _("The charge is wanted again.")
    if close_follow(month=entry.for_month, actor=actor):
        said += " " + _("The month is being closed again; the statement follows in a moment.")
    else:
        said += " " + _("The statement follows with the next close.")
    messages.success(request, said)
    return redirect("entry_why", pk=entry.pk)


def _effects(entry: Entry, *, grant: bool) -> list[str]:
    """What will come of it, in the order in which it matters to whoever decides."""
    values = {"title": rule_title(entry.rule), "amount": f"{entry.amount:,.2f}"}
    if not grant:
        text = _("“%(title)s” of %(amount)s yuan is taken again, if the facts still say so.")
    elif entry.source == Account.CASH:
        text = _("“%(title)s” of %(amount)s yuan goes; it was paid in cash, which is given back.")
    else:
        text = _("“%(title)s” of %(amount)s yuan goes.")
    told = [text % values]
    if entry.target == Account.POOL:
        told.append(
            _("The pool shrinks by it, and with it everybody's share of it at the next close.")
            if grant
            else _("The pool grows by it, and with it everybody's share of it at the next close.")
        )
        told.append(_("The fault itself stays: who was late or absent has no share of the pool."))
    return [*told, _stands_on(entry)]


def _stands_on(entry: Entry) -> str:
    month = PayMonth.objects.filter(month=entry.for_month).first()
    values = {"month": month_name(entry.for_month)}
    if month is None or month.state == PayMonth.State.OPEN:
        return _("%(month)s has not been closed: its close will say so.") % values
    if month.is_final:
        return _("%(month)s is final: the difference stands on %(next)s.") % {
            **values,
            "next": month_name(open_month_for(entry.for_month)),
        }
    return _("%(month)s is a draft: it is closed again right away.") % values
