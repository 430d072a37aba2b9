"""Changing somebody's position, and their last day (ORG-2, PAY-6)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import LeavingForm, PositionForm
from accounts.models import PositionPlan
from accounts.permissions import can_change_position
from accounts.services import (
    PeopleRefused,
    leaving_set,
    position_change,
    position_plan_withdraw,
)
from accounts.views.person import person_of
from core import clock
from core.permissions import require
from core.templatetags.house import day


@require_http_methods(["GET", "POST"])
def person_position(request: HttpRequest, employee_no: str) -> HttpResponse:
    """A change of place, from a day on."""
    user: Any = request.user
    whose = person_of(request, employee_no)
    require(can_change_position(user, whose))
    form = PositionForm(whose, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            plan = position_change(
                actor=user,
                person=whose,
                seen=given["seen"],
                kind=given["kind"],
                from_on=given["from_on"],
                values=form.place,
                reason=given["reason"],
            )
        except PeopleRefused as refused:
            form.add_error(None, str(refused))
        else:
            if plan.from_on > clock.today():
                said = _("Planned: it takes effect on %(day)s.") % {"day": day(plan.from_on)}
            else:
                said = _("It has taken effect.")
            messages.success(request, said)
            return redirect("person", employee_no=employee_no)
    context = {"form": form, "person": whose, "title": _("Change position"), "save": _("Decide")}
    return render(request, "accounts/form.html", context)


@require_POST
def position_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    seen = PositionPlan.objects.visible_to(user).select_related("person")
    plan = get_object_or_404(seen, pk=pk)
    require(can_change_position(user, plan.person))
    try:
        position_plan_withdraw(actor=user, plan=plan)
    except PeopleRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Withdrawn."))
    return redirect("person", employee_no=plan.person.employee_no)


@require_http_methods(["GET", "POST"])
def person_leaving(request: HttpRequest, employee_no: str) -> HttpResponse:
    """The last day; then the hand-over list."""
    user: Any = request.user
    whose = person_of(request, employee_no)
    require(can_change_position(user, whose))
    form = LeavingForm(whose, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            leaving_set(actor=user, person=whose, **form.cleaned_data)
        except PeopleRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Kept."))
            to = "person_handover" if form.cleaned_data["left_on"] else "person"
            return redirect(to, employee_no=employee_no)
    context = {"form": form, "person": whose, "title": _("Last day"), "save": _("Save")}
    return render(request, "accounts/form.html", context)
