"""What was asked about days: the lists, one with its day, decided, taken back (ORG-1)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import may_decide
from attendance.forms.explaining import DecisionForm, UndoForm, VersionForm
from attendance.incidents import day_shown
from attendance.kinds import EXCUSES, OUTINGS, Kind, kind_named
from attendance.lists.asked import LISTS, NEW, WAITING
from attendance.permissions.explaining import (
    can_decide,
    can_decide_days,
    can_see_asked,
    can_undo,
    can_withdraw,
)
from attendance.services.asked import (
    asked_approve,
    asked_refuse,
    asked_undo,
    asked_withdraw,
    what_it_became,
)
from attendance.services.excuses import FILES
from attendance.services.refusals import AttendanceRefused
from core.files.querysets import files_of
from core.lists import list_page
from core.permissions import require
from policy.clauses import clause_of


def _kind(slug: str) -> Kind:
    kind = kind_named(slug)
    if kind is None:
        raise Http404
    return kind


@require_GET
def asked_list(request: HttpRequest, kind: str) -> HttpResponseBase:
    """What was asked of one kind, as far as one may see it."""
    slug = _kind(kind).slug
    require(can_see_asked(request.user))
    return list_page(request, LISTS[slug])


@require_http_methods(["GET", "HEAD", "POST"])
def asked_to_decide(request: HttpRequest, kind: str) -> HttpResponseBase:
    """What waits for one's own word; several are approved at once, or refused."""
    slug = _kind(kind).slug
    require(can_decide_days(request.user))
    return list_page(request, WAITING[slug])


def _found(request: HttpRequest, kind: Kind, pk: int) -> Any:
    beside = ("customer",) if kind is OUTINGS else ()
    seen = kind.model.objects.visible_to(request.user)
    return get_object_or_404(
        seen.select_related("person__supervisor", "decided_by__person", *beside), pk=pk
    )


@require_GET
def asked(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What was asked, the day it is about, and what one can do."""
    which = _kind(kind)
    return _page(request, which, _found(request, which, pk))


def _page(
    request: HttpRequest,
    kind: Kind,
    row: Any,
    *,
    decision: DecisionForm | None = None,
    undo: UndoForm | None = None,
) -> HttpResponse:
    user: Any = request.user
    seen = {"version": row.version}
    is_own = user.person_id == row.person_id
    context = {
        "kind": kind,
        "row": row,
        "when": kind.when(row),
        "is_approved": row.status == kind.approved,
        "day": day_shown(row.person, kind.day_of(row)),
        "files": files_of(FILES, [row.pk])[str(row.pk)] if kind is EXCUSES else [],
        "is_own": is_own,
        "deciding": can_decide(user, row),
        "undoing": can_undo(user, row),
        "can_withdraw": can_withdraw(user, row),
        "again": NEW[kind.slug][0] if is_own and row.status in ("rejected", "withdrawn") else "",
        "decision_form": decision or DecisionForm(initial=seen),
        "undo_form": undo or UndoForm(initial=seen),
        "withdraw_form": VersionForm(initial=seen),
        "clauses": [clause_of("ATT-6" if kind is OUTINGS else "ATT-1")],
        "changed_as": [row],
    }
    wrong = bool((decision and decision.errors) or (undo and undo.errors))
    return render(request, "attendance/asked.html", context, status=400 if wrong else 200)


@require_POST
def asked_decision(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Approve, or refuse with the reason, as it was seen."""
    which = _kind(kind)
    row = _found(request, which, pk)
    require(may_decide(request.user, row.person))
    form = DecisionForm(request.POST)
    approve = request.POST.get("do") == "approve"
    if form.is_valid() and not approve and not form.cleaned_data["reply"].strip():
        form.add_error("reply", _("A decision needs its reason."))
    if not form.is_valid():
        return _page(request, which, row, decision=form)
    does = asked_approve if approve else asked_refuse
    return _do(request, which, row, form, does, _("Approved.") if approve else _("Refused."))


@require_POST
def asked_undo_approval(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take an approval back, with the reason, while the month of the day is not final."""
    which = _kind(kind)
    row = _found(request, which, pk)
    if row.status != which.approved:
        messages.error(request, what_it_became(row))
        return redirect("asked", kind=kind, pk=pk)
    require(can_undo(request.user, row))
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, which, row, undo=form)
    return _do(request, which, row, form, asked_undo, _("The approval is taken back."))


@require_POST
def asked_take_back(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Withdraw what one asked, as it was seen."""
    which = _kind(kind)
    row = _found(request, which, pk)
    require(can_withdraw(request.user, row))
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Open the form anew and send it again."))
        return redirect("asked", kind=kind, pk=pk)
    row.version = form.cleaned_data["version"]
    try:
        asked_withdraw(row=row, actor=request.user)
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is withdrawn."))
    return redirect("asked", kind=kind, pk=pk)


def _do(
    request: HttpRequest, kind: Kind, row: Any, form: Any, does: Callable[..., Any], said: str
) -> HttpResponse:
    row.version = form.cleaned_data["version"]
    try:
        does(row=row, reply=form.cleaned_data["reply"], actor=request.user)
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("asked", kind=kind.slug, pk=row.pk)
