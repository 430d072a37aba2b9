"""The week planned ahead: by day, one's own and one's people's (VIS-5)."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.permissions import require
from customers.forms.plans import FACTS, NewPlanForm, PlanChangeForm
from customers.models import VisitPlan
from customers.navigation.visits import visit_tabs
from customers.permissions.plans import can_change_plan
from customers.permissions.visits import can_record_visit, can_see_visits, leads_sellers
from customers.querysets.visits import last_customers
from customers.reads.points import meter_of
from customers.reads.week import DAYS, monday_of, week_of
from customers.services import VisitRefused, plan_change, plan_drop, plan_make
from customers.views.doing import as_seen, done
from policy.clauses import clause_of

LATEST = 6


@require_GET
def week(request: HttpRequest, day: date | None = None) -> HttpResponse:
    """Planned visits of a week, by day, with what came of them."""
    user: Any = request.user
    require(can_see_visits(user))
    first = monday_of(day or clock.today())
    own = can_record_visit(user) and not (leads_sellers(user) and request.GET.get("team"))
    plans = VisitPlan.objects.visible_to(user)
    if own:
        plans = plans.filter(person=user.person)
    context = {
        "days": week_of(plans, first),
        "first": first,
        "last": first + timedelta(days=DAYS - 1),
        "before": first - timedelta(days=DAYS),
        "after": first + timedelta(days=DAYS),
        "own": own,
        "both": can_record_visit(user) and leads_sellers(user),
        "meter": meter_of(user.person) if own else None,
        "tabs": visit_tabs(request),
        "clauses": [clause_of("VIS-5")],
    }
    return render(request, "customers/week.html", context)


@require_http_methods(["GET", "POST"])
def plan_new(request: HttpRequest) -> HttpResponse:
    """Plan a visit to a customer of one's own."""
    user: Any = request.user
    require(can_record_visit(user))
    initial = {
        "customer": request.GET.get("customer", "")[:160],
        "on": request.GET.get("on", clock.today().isoformat()),
    }
    form = NewPlanForm(request.POST or None, user=user, initial=initial)
    if request.method == "POST" and _made(user, form):
        messages.success(request, _("Planned."))
        return redirect("visit_week_of", day=form.cleaned_data["on"])
    latest = [(f"{each.customer_no} {each.name}", each.name) for each in _latest(user)]
    context = {"form": form, "latest": latest, "back": reverse("visit_week")}
    status = 400 if form.errors else 200
    return render(request, "customers/plan.html", context, status=status)


def _latest(user: Any) -> list[Any]:
    return last_customers(user.person, most=LATEST)


def _made(user: Any, form: NewPlanForm) -> bool:
    def make() -> Any:
        customer = form.cleaned_data["customer"]
        return plan_make(person=user.person, customer=customer, facts=form.facts(), actor=user)

    return done(form, make)


def _found(request: HttpRequest, pk: int) -> VisitPlan:
    seen = VisitPlan.objects.visible_to(request.user).select_related("customer", "person")
    found: VisitPlan = get_object_or_404(seen, pk=pk)
    require(can_change_plan(request.user, found))
    return found


@require_http_methods(["GET", "POST"])
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an own plan: its day, its purpose, what is ready before leaving."""
    found = _found(request, pk)
    initial = {name: getattr(found, name) for name in ("version", *FACTS)}
    form = PlanChangeForm(request.POST or None, initial=initial)

    def change() -> Any:
        return plan_change(plan=as_seen(found, form), facts=form.facts(), actor=request.user)

    if request.method == "POST" and done(form, change):
        messages.success(request, _("Kept."))
        return redirect("visit_week_of", day=form.cleaned_data["on"])
    context = {"form": form, "plan": found, "back": reverse("visit_week_of", args=[found.on])}
    status = 400 if form.errors else 200
    return render(request, "customers/plan.html", context, status=status)


@require_POST
def plan_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an own plan back."""
    found = _found(request, pk)
    try:
        plan_drop(plan=found, actor=request.user)
    except VisitRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Dropped."))
    return redirect("visit_week_of", day=found.on)
