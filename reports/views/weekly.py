"""The weekly report: written on the phone, handed in; read, accepted or returned (REP-1)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.lists import list_page
from core.once import asking
from core.permissions import require
from policy.clauses import clause_of
from policy.querysets import workdays
from reports.forms.weekly import WeeklyCommentForm, WeeklyDecisionForm, WeeklyForm, kept_as
from reports.lists.weekly import WeeklyList
from reports.models import WeeklyReport
from reports.navigation import reports_tabs
from reports.permissions import (
    can_comment_weekly,
    can_decide_weekly,
    can_see_weekly,
    can_write_weekly,
)
from reports.reads.weekly_facts import facts_of
from reports.reads.weekly_mine import to_write
from reports.reads.weekly_page import last_plan, report_shown, shown
from reports.rules.weekly import WEEK, due_at, monday_of, opens_on, sunday_of
from reports.services import (
    weekly_accept,
    weekly_comment,
    weekly_hand_in,
    weekly_return,
    weekly_save,
)
from reports.views.doing import as_seen, done, posted


@require_GET
def weekly_reports(request: HttpRequest) -> HttpResponseBase:
    """The reports one may read."""
    require(can_see_weekly(request.user))
    return list_page(request, WeeklyList)


@require_GET
def weekly_mine(request: HttpRequest) -> HttpResponse:
    """The report that is to be written now; where none is, this week's."""
    user: Any = request.user
    require(can_write_weekly(user))
    weeks = [monday for monday, _returned in to_write(user.person)]
    return redirect("weekly_write", monday=weeks[0] if weeks else monday_of(clock.today()))


def _writing(request: HttpRequest, monday: date) -> WeeklyReport | None:
    """One's own report on a week, if it is begun; 404 where there is no such week."""
    user: Any = request.user
    require(can_write_weekly(user))
    person = user.person
    over = person.left_on is not None and person.left_on < monday
    if monday != monday_of(monday) or monday > clock.today() or over:
        raise Http404
    if person.hired_on > sunday_of(monday):
        raise Http404
    found: WeeklyReport | None = WeeklyReport.objects.filter(person=person, monday=monday).first()
    return found


@require_http_methods(["GET", "POST"])
def weekly_write(request: HttpRequest, monday: date) -> HttpResponse:
    """Write the report on a week, and hand it in."""
    user: Any = request.user
    report = _writing(request, monday)
    if report is not None and not report.is_open and request.method == "GET":
        return redirect("weekly_report", pk=report.pk)
    plan = last_plan(user.person, monday)
    form = WeeklyForm(request.POST or None, report=report, last_plan=plan)
    kept: list[WeeklyReport] = []

    def write() -> None:
        said = {"person": user.person, "monday": monday, "text": form.text(), **form.page()}
        if request.POST.get("do") == "hand_in":
            kept.append(weekly_hand_in(**said, actor=user))
        else:
            kept.append(weekly_save(**said))

    if request.method == "POST" and form.is_valid() and done(request, form, write):
        handed_in = not kept[0].is_open
        messages.success(request, _("Handed in.") if handed_in else _("Saved."))
        if handed_in:
            return redirect("weekly_report", pk=kept[0].pk)
        # The server has all that was typed: the browser need not keep it.
        return redirect(f"{reverse('weekly_write', args=[monday])}?drop={kept[0].token}")
    if form.errors:
        _show_now(form, report)
    return _write_page(request, monday, report, form)


def _show_now(form: WeeklyForm, report: WeeklyReport | None) -> None:
    """What was typed comes back, over the report as it is now: sent again, it counts."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # as a request sends it
    if report is not None:
        data["version"] = report.version
    form.data = data


def _write_page(
    request: HttpRequest, monday: date, report: WeeklyReport | None, form: WeeklyForm
) -> HttpResponse:
    user: Any = request.user
    with asking():  # every line of the facts asks for policy and calendar
        calendar = workdays()
        facts = [shown(fact) for fact in facts_of(user.person, monday)]
    said = report.comments.select_related("by__person") if report else ()
    context = {
        "monday": monday,
        "sunday": sunday_of(monday),
        "before": monday - WEEK,
        "after": monday + WEEK if monday + WEEK <= clock.today() else None,
        "report": report,
        "form": form,
        "kept": kept_as(user, monday),
        "dropped": _dropped(request),
        "facts": facts,
        "comments": said,
        "due": due_at(monday, calendar) - timedelta(seconds=1),
        "is_late": clock.now() > due_at(monday, calendar),
        "opens_on": opens_on(monday, calendar),
        "is_open_yet": clock.today() >= opens_on(monday, calendar),
        "tabs": reports_tabs(request),
        "clauses": [clause_of("REP-1")],
    }
    return render(request, "reports/weekly_write.html", context, status=400 if form.errors else 200)


def _dropped(request: HttpRequest) -> UUID | None:
    """The page whose text, kept in the browser, is not wanted any more."""
    try:
        return UUID(request.GET.get("drop", ""))
    except ValueError:
        return None


@require_POST
def weekly_draft(request: HttpRequest, monday: date) -> HttpResponse:
    """Keep what is typed while it is typed; says when, or what stands in its place."""
    user: Any = request.user
    report = _writing(request, monday)
    form = WeeklyForm(request.POST, report=report, last_plan=last_plan(user.person, monday))
    kept: list[WeeklyReport] = []

    def keep() -> None:
        page = form.page()
        kept.append(weekly_save(person=user.person, monday=monday, text=form.text(), **page))

    if form.is_valid():
        done(request, form, keep)
    context = {
        "monday": monday,
        "saved": kept[0] if kept else None,
        "report": report,
        "typed_on": form.cleaned_data.get("token"),
        "wrong": [error for errors in form.errors.values() for error in errors],
    }
    return render(request, "reports/_weekly_saved.html", context)


# Reading it.


def _found(request: HttpRequest, pk: int) -> WeeklyReport:
    seen = WeeklyReport.objects.visible_to(request.user)
    found: WeeklyReport = get_object_or_404(
        seen.select_related("person", "decided_by__person"), pk=pk
    )
    return found


@require_GET
def weekly_report(request: HttpRequest, pk: int) -> HttpResponse:
    """A report line by line, with what was said to it; decided here by who leads its writer."""
    report = _found(request, pk)
    user: Any = request.user
    own = user.person_id == report.person_id
    if report.state == WeeklyReport.State.DRAFT and own:
        return redirect("weekly_write", monday=report.monday)
    context = {
        "report": report,
        "own": own,
        "shown": report_shown(report, report.comments.select_related("by__person")),
        "last_plan": last_plan(report.person_id, report.monday),
        "is_late": _is_late(report),
        "may_comment": can_comment_weekly(user, report),
        "decision_form": WeeklyDecisionForm(initial={"version": report.version})
        if can_decide_weekly(user, report)
        else None,
        "tabs": reports_tabs(request),
        "clauses": [clause_of("REP-1")],
        "changed_as": [report],
    }
    return render(request, "reports/weekly_report.html", context)


def _is_late(report: WeeklyReport) -> bool:
    due = max(report.due_at, due_at(report.monday, workdays()))
    return report.handed_in_at is not None and report.handed_in_at > due


@require_POST
def weekly_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a report, or return it with a reason."""
    report = _found(request, pk)
    require(can_decide_weekly(request.user, report))
    returned = request.POST.get("do") == "return"

    def decide(given: dict[str, Any]) -> None:
        seen = as_seen(report, form)
        if returned:
            weekly_return(report=seen, reason=given["answer"], actor=request.user)
        else:
            weekly_accept(report=seen, answer=given["answer"], actor=request.user)

    form = WeeklyDecisionForm(request.POST)
    said = _("Returned; who wrote it is told.") if returned else _("Accepted.")
    return posted(request, form, decide, said, reverse("weekly_report", args=[pk]))


@require_POST
def weekly_comment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something to a line of a report."""
    report = _found(request, pk)
    require(can_comment_weekly(request.user, report))

    def comment(given: dict[str, Any]) -> None:
        weekly_comment(report=report, actor=request.user, **given)

    form = WeeklyCommentForm(request.POST)
    return posted(request, form, comment, _("Said."), reverse("weekly_report", args=[pk]))
