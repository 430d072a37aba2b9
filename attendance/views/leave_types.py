"""The company's own leave types, kept by personnel (LEA-4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance.forms.leave import LeaveTypeForm, VersionForm
from attendance.lists.leave import LeaveTypeList
from attendance.models import LeaveType
from attendance.permissions.leave import can_keep_types
from attendance.services.leave_keeping import LeaveRefused
from attendance.services.leave_types import (
    leave_type_change,
    leave_type_make,
    leave_type_retire,
)
from core.lists import list_page
from core.permissions import require
from policy.clauses import clause_of


@require_GET
def leave_types(request: HttpRequest) -> HttpResponseBase:
    """The types there are."""
    require(can_keep_types(request.user))
    return list_page(request, LeaveTypeList)


@require_http_methods(["GET", "POST"])
def leave_type_new(request: HttpRequest) -> HttpResponse:
    """Define a type."""
    require(can_keep_types(request.user))
    form = LeaveTypeForm(request.POST) if request.method == "POST" else LeaveTypeForm()
    if request.method == "POST" and form.is_valid():
        try:
            code = form.cleaned_data["code"]
            leave_type_make(code=code, facts=form.facts(), actor=request.user)
        except LeaveRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("The type is defined."))
            return redirect("leave_types")
    return _page(request, form, _("New leave type"))


@require_http_methods(["GET", "POST"])
def leave_type_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a type, as it was seen."""
    require(can_keep_types(request.user))
    kind: LeaveType = get_object_or_404(LeaveType, code=code)
    if request.method != "POST":
        return _page(request, LeaveTypeForm(kind=kind), kind.name, kind)
    form = LeaveTypeForm(request.POST, kind=kind)
    if form.is_valid():
        kind.version = form.cleaned_data["version"] or 0
        try:
            leave_type_change(kind=kind, facts=form.facts(), actor=request.user)
        except LeaveRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The type is changed."))
            return redirect("leave_types")
    return _page(request, form, kind.name, kind)


def _page(
    request: HttpRequest, form: LeaveTypeForm, title: str, kind: LeaveType | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "back": reverse("leave_types"),
        "back_label": _("Leave types"),
        "save": _("Save"),
        "kind": kind,
        "retire_form": VersionForm(initial={"version": kind.version}) if kind else None,
        "clauses": [clause_of("LEA-4")],
        "changed_as": [kind] if kind else [],
    }
    status = 400 if form.errors else 200
    return render(request, "attendance/leave_thing.html", context, status=status)


@require_POST
def leave_type_retirement(request: HttpRequest, code: str) -> HttpResponse:
    """Retire a type, or take it up again, as it was seen."""
    require(can_keep_types(request.user))
    kind: LeaveType = get_object_or_404(LeaveType, code=code)
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Open the form anew and send it again."))
        return redirect("leave_type_edit", code=code)
    kind.version = form.cleaned_data["version"]
    try:
        now = leave_type_retire(kind=kind, actor=request.user)
    except LeaveRefused as refusal:
        messages.error(request, str(refusal))
    else:
        told = _("The type is retired.") if now.retired_on else _("The type can be asked for.")
        messages.success(request, told)
    return redirect("leave_types")
