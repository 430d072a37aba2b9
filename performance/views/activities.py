"""Activities: planned, approved, carried out, called off (PLAN-1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import list_page
from core.permissions import require
from performance.forms import ActivityDecisionForm, ActivityForm, ResultForm
from performance.lists.activities import ActivityList
from performance.models import Activity
from performance.permissions import (
    can_approve_activity,
    can_carry_out,
    can_change_activity,
    can_plan_activity,
    can_see_performance,
)
from performance.services.activities import (
    activity_call_off,
    activity_carry_out,
    activity_change,
    activity_decide,
    activity_plan,
)
from performance.tables.states import state_badge
from performance.views.doing import as_seen, done
from policy.clauses import clause_of
from reports.forms.fields import WhyForm


@require_GET
def activities(request: HttpRequest) -> HttpResponseBase:
    """The activities one may see."""
    require(can_see_performance(request.user))
    return list_page(request, ActivityList)


def _found(request: HttpRequest, pk: int) -> Activity:
    seen = Activity.objects.visible_to(request.user)
    found: Activity = get_object_or_404(seen.select_related("planner", "decided_by__person"), pk=pk)
    return found


@require_GET
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """An activity: its plan, who takes part, what was decided, what came of it."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, found: Activity, failed: Any = None) -> HttpResponse:
    user = request.user
    places = list(found.places.select_related("person").order_by("person__employee_no"))
    seen = {"version": found.version}
    carries = bool(can_carry_out(user, found))
    context = {
        "activity": found,
        "badge": state_badge(found),
        "places": places,
        "can_change": bool(can_change_activity(user, found)),
        "decision_form": ActivityDecisionForm(initial=seen)
        if can_approve_activity(user, found)
        else None,
        "result_form": (failed or _result_form(found, places)) if carries else None,
        "off_form": WhyForm(initial=seen, prefix="off")
        if carries and found.state == Activity.State.APPROVED
        else None,
        "clauses": [clause_of("PLAN-1")],
        "changed_as": [found],
    }
    return render(request, "performance/activity.html", context, status=400 if failed else 200)


def _result_form(found: Activity, places: list[Any], data: Any = None) -> ResultForm:
    initial = {
        "version": found.version,
        "result": found.result,
        "came": [str(place.person_id) for place in places if place.attended],
    }
    return ResultForm(data, places=places, initial=initial)


@require_http_methods(["GET", "POST"])
def activity_new(request: HttpRequest) -> HttpResponse:
    """Plan an activity."""
    require(can_plan_activity(request.user))
    form = ActivityForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made: list[Activity] = []

        def plan() -> None:
            token = form.cleaned_data["token"]
            made.append(activity_plan(plan=form.planned(), token=token, actor=request.user))

        if done(request, form, plan, _("Planned: it waits for approval.")):
            return redirect("activity", pk=made[0].pk)
    return _form_page(request, form, _("Plan an activity"), reverse("activities"))


@require_http_methods(["GET", "POST"])
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own plan that nobody has approved."""
    found = _found(request, pk)
    require(can_change_activity(request.user, found))
    names = ("title", "plan", "team", "place", "starts_on", "ends_on", "cost", "version")
    numbers = found.places.order_by("person__employee_no").values_list(
        "person__employee_no", flat=True
    )
    initial = {**{name: getattr(found, name) for name in names}, "people": " ".join(numbers)}
    form = ActivityForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():

        def edit() -> None:
            seen = as_seen(found, form)
            activity_change(activity=seen, plan=form.planned(), actor=request.user)

        if done(request, form, edit, _("Changed.")):
            return redirect("activity", pk=pk)
    return _form_page(request, form, _("Change the plan"), reverse("activity", args=[pk]))


def _form_page(request: HttpRequest, form: Any, title: Any, back: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back": back,
        "back_label": _("Activities"),
        "save": _("Save"),
    }
    return render(request, "core/form.html", context, status=400 if form.errors else 200)


@require_POST
def activity_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a plan, or refuse it."""
    found = _found(request, pk)
    require(can_approve_activity(request.user, found))
    form = ActivityDecisionForm(request.POST)

    def does() -> None:
        activity_decide(
            activity=as_seen(found, form),
            approve=request.POST.get("do") == "approve",
            decision=form.cleaned_data["decision"],
            actor=request.user,
        )

    return _small(request, pk, form, does, _("Decided."))


@require_POST
def activity_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off."""
    found = _found(request, pk)
    require(can_carry_out(request.user, found))
    form = WhyForm(request.POST, prefix="off")

    def does() -> None:
        reason = form.cleaned_data["reason"]
        activity_call_off(activity=as_seen(found, form), reason=reason, actor=request.user)

    return _small(request, pk, form, does, _("Called off."))


def _small(request: HttpRequest, pk: int, form: Any, does: Any, said: Any) -> HttpResponse:
    """A small form of the page: done and said, or the reason said."""
    if not form.is_valid() or not done(request, form, does, said):
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
    return redirect("activity", pk=pk)


@require_POST
def activity_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came, and what came of it."""
    found = _found(request, pk)
    require(can_carry_out(request.user, found))
    places = list(found.places.select_related("person").order_by("person__employee_no"))
    form = _result_form(found, places, request.POST)

    def does() -> None:
        activity_carry_out(
            activity=as_seen(found, form),
            result=form.cleaned_data["result"],
            came=form.those(),
            actor=request.user,
        )

    if form.is_valid() and done(request, form, does, _("Saved.")):
        return redirect("activity", pk=pk)
    return _page(request, _found(request, pk), form)
