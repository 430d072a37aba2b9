"""Today's plan and the learning log, from the telephone (PLAN-2, S4.8)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.lists import list_page
from core.permissions import require
from policy.clauses import clause_of
from reports.forms.days import PlanForm, ProblemChangeForm, ProblemForm, plan_draft
from reports.lists.days import PlanList, ProblemList
from reports.models import DayPlan, Learning
from reports.navigation import tabs
from reports.permissions import can_change_problem, can_see_days, can_write_day
from reports.services.days import NOT_WRITTEN, plan_write, problem_change, problem_write
from reports.views.doing import as_seen, done, form_page

LATEST = 5


@require_http_methods(["GET", "POST"])
def my_day(request: HttpRequest) -> HttpResponse:
    """What one means to do today; the problems one wrote, with what came of them."""
    user: Any = request.user
    require(can_write_day(user))
    plan = DayPlan.objects.filter(person=user.person, date=clock.today()).first()
    form = PlanForm(request.POST or None, user=user, plan=plan)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def write() -> None:
            seen = given["version"]
            plan_write(person=user.person, text=given["text"], seen=seen, actor=user)

        if done(request, form, write, _("Saved.")):
            return redirect("my_day")
    return _page(request, form, plan=plan)


def _page(
    request: HttpRequest,
    form: PlanForm,
    *,
    plan: DayPlan | None,
    problem: ProblemForm | None = None,
) -> HttpResponse:
    user: Any = request.user
    mine = Learning.objects.filter(person=user.person)
    latest = list(mine[:LATEST])
    seen = plan.version if plan else NOT_WRITTEN
    newest = latest[0].pk if latest else 0
    context = {
        "form": form,
        "plan": plan,
        "problem_form": problem or ProblemForm(draft=_problem_draft(user, newest)),
        "problems": latest,
        "drafts_done": [plan_draft(user, seen - 1), *_older_drafts(user, latest)],
        "tabs": tabs(request),
        "clauses": [clause_of("MEET-1")],
    }
    wrong = bool(form.errors or (problem and problem.errors))
    return render(request, "reports/day.html", context, status=400 if wrong else 200)


def _problem_draft(user: Any, newest: int) -> str:
    """The name of a draft: whose, and after which problem."""
    return f"problem-{user.pk}-{newest}"


def _older_drafts(user: Any, latest: list[Learning]) -> list[str]:
    """What was typed after the problem before the newest is the newest one now."""
    if not latest:
        return []
    return [_problem_draft(user, latest[1].pk if len(latest) > 1 else 0)]


@require_POST
def problem_new(request: HttpRequest) -> HttpResponse:
    """Write a problem into the learning log."""
    user: Any = request.user
    require(can_write_day(user))
    form = ProblemForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data

        def write() -> None:
            problem_write(person=user.person, text=given["text"], token=given["token"], actor=user)

        if done(request, form, write, _("Written down; the next meeting talks about it.")):
            return redirect("my_day")
    plan = DayPlan.objects.filter(person=user.person, date=clock.today()).first()
    return _page(request, PlanForm(user=user, plan=plan), plan=plan, problem=form)


@require_GET
def day_plans(request: HttpRequest) -> HttpResponseBase:
    """The plans one may see."""
    require(can_see_days(request.user))
    return list_page(request, PlanList)


@require_GET
def problems(request: HttpRequest) -> HttpResponseBase:
    """The learning log, as far as one may see."""
    require(can_see_days(request.user))
    return list_page(request, ProblemList)


@require_http_methods(["GET", "POST"])
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    """A problem, and what a meeting said; its writer changes it until then."""
    seen = Learning.objects.visible_to(request.user).select_related("person", "talked_in")
    row: Learning = get_object_or_404(seen, pk=pk)
    changing = can_change_problem(request.user, row)
    if request.method == "POST":
        require(changing)
    if not changing:
        context = {"problem": row, "changed_as": [row]}
        return render(request, "reports/problem.html", context)
    initial = {"version": row.version, "text": row.text}
    form = ProblemChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def change() -> None:
            text = form.cleaned_data["text"]
            problem_change(problem=as_seen(row, form), text=text, actor=request.user)

        if done(request, form, change, _("Changed.")):
            return redirect("my_day")
    return form_page(
        request, form, title=_("A problem"), back=reverse("my_day"), back_label=_("My day")
    )
