"""Minutes, decisions, praise and answers of a meeting (MEET-1, MEET-2)."""

from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import list_page
from core.permissions import require
from policy.clauses import clause_of
from reports.forms.fields import VersionForm
from reports.forms.meetings import (
    AnswerForm,
    DecisionChangeForm,
    DecisionForm,
    DoneForm,
    MinutesForm,
    PraiseForm,
    minutes_draft,
)
from reports.lists.meetings import DecisionList
from reports.models import Learning, Meeting, MeetingDecision, MinutesDraft
from reports.permissions import (
    can_end_decision,
    can_lead,
    can_plan,
    can_praise,
    can_see_reports,
)
from reports.reads.people import in_team
from reports.services import (
    decision_add,
    decision_change,
    decision_done,
    minutes_keep,
    minutes_write,
    praise_give,
    praise_take_back,
    problem_answer,
)
from reports.views.doing import as_seen, done, form_page, posted
from reports.views.meetings import meeting_found, meeting_tabs


@require_http_methods(["GET", "POST"])
def meeting_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said and decided; written by the chair while it runs."""
    found = meeting_found(request, pk)
    mine, others = _drafts(request, found)
    form = MinutesForm(request.POST or None, meeting=found, typed=mine.text if mine else "")
    if request.method == "POST":
        require(can_lead(request.user, found))
        if form.is_valid() and _write(request, found, form):
            return redirect("meeting_minutes", pk=pk)
        _show_now(form, pk)
    return _page(request, found, form, {"mine": mine, "others": others})


def _drafts(request: HttpRequest, found: Meeting) -> tuple[MinutesDraft | None, list[MinutesDraft]]:
    """What one has typed oneself and not saved, and what others have. One query."""
    rows = list(found.drafts.select_related("by__person"))
    mine = next((each for each in rows if each.by_id == request.user.pk), None)
    return mine, [each for each in rows if each is not mine]


@require_POST
def meeting_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is typed of the minutes while it is typed; says when, and who else writes."""
    found = meeting_found(request, pk)
    require(can_lead(request.user, found))
    form = MinutesForm(request.POST, meeting=found)
    context: dict[str, Any] = {"meeting": found, "version": found.version}
    if form.is_valid():
        keep = partial(minutes_keep, text=form.cleaned_data["record"], actor=request.user)
        done(request, form, lambda: keep(meeting=as_seen(found, form)))
        context["mine"], context["others"] = _drafts(request, found)
        context["seen"] = form.cleaned_data["version"]
    context["wrong"] = [error for errors in form.errors.values() for error in errors]
    return render(request, "reports/_draft.html", context)


def _write(request: HttpRequest, found: Meeting, form: MinutesForm) -> bool:
    seen = as_seen(found, form)

    def write() -> None:
        minutes_write(meeting=seen, record=form.cleaned_data["record"], actor=request.user)

    return done(request, form, write, _("Saved."))


def _show_now(form: MinutesForm, pk: int) -> None:
    """What was typed comes back, over the minutes as they are now: sent again, it counts."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # as a request sends it
    data["version"] = Meeting.objects.values_list("version", flat=True).get(pk=pk)
    form.data = data


def _page(
    request: HttpRequest, found: Meeting, form: MinutesForm, drafts: dict[str, Any]
) -> HttpResponse:
    user: Any = request.user
    leading, praising = can_lead(user, found), can_praise(user, found)
    begun = found.state == Meeting.State.HELD or found.is_running or bool(found.record)
    context = {
        "meeting": found,
        "tabs": meeting_tabs(request, found),
        "form": form,
        "leading": leading and begun,
        "closing": can_plan(user, found) and found.is_running,
        "close_form": VersionForm(initial={"version": found.version}),
        "decisions": list(found.decisions.select_related("owner")),
        "decision_form": DecisionForm(meeting=found) if leading and begun else None,
        "praises": list(found.praises.select_related("person")),
        "praise_form": PraiseForm(meeting=found) if praising and begun else None,
        "drafts_done": [minutes_draft(found.pk, found.version - 1)],
        "clauses": [clause_of("MEET-2" if found.kind == "saturday" else "MEET-1")],
        "changed_as": [found],
        "version": found.version,
        "seen": drafts["mine"].of_version if drafts["mine"] else found.version,
        **drafts,
    }
    status = 400 if form.errors else 200
    return render(request, "reports/minutes.html", context, status=status)


@require_POST
def decision_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was decided, who does it, until when."""
    found = meeting_found(request, pk)
    require(can_lead(request.user, found))

    def decide(given: dict[str, Any]) -> None:
        decision_add(meeting=found, actor=request.user, **given)

    form = DecisionForm(request.POST, meeting=found)
    back = reverse("meeting_minutes", args=[pk])
    return posted(request, form, decide, _("Decided; whoever does it is told."), back)


@require_POST
def praise_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Praise somebody in the Saturday summary."""
    found = meeting_found(request, pk)
    require(can_praise(request.user, found))

    def praise(given: dict[str, Any]) -> None:
        praise_give(meeting=found, actor=request.user, **given)

    form = PraiseForm(request.POST, meeting=found)
    back = reverse("meeting_minutes", args=[pk])
    return posted(request, form, praise, _("Praised; who is praised is told."), back)


@require_POST
def praise_back(request: HttpRequest, pk: int, praise: int) -> HttpResponse:
    """Take back a praise that was a mistake."""
    found = meeting_found(request, pk)
    require(can_praise(request.user, found))
    given = get_object_or_404(found.praises.select_related("person", "meeting"), pk=praise)
    praise_take_back(praise=given, actor=request.user)
    return redirect("meeting_minutes", pk=pk)


@require_http_methods(["GET", "POST"])
def problem_answered(request: HttpRequest, pk: int, problem: int) -> HttpResponse:
    """What the meeting says to a problem of the learning log."""
    found = meeting_found(request, pk)
    require(can_lead(request.user, found))
    # Of the meeting's own people: another team's log is not there.
    people = in_team(found.team, found.on).order_by().values("pk")
    theirs = Learning.objects.filter(Q(person__in=people) | Q(talked_in=found))
    row: Learning = get_object_or_404(theirs.select_related("person"), pk=problem)
    initial = {"version": row.version, "answer": row.answer}
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def answer() -> None:
            said = form.cleaned_data["answer"]
            problem_answer(
                problem=as_seen(row, form), meeting=found, answer=said, actor=request.user
            )

        if done(request, form, answer, _("Answered; whoever wrote it is told.")):
            return redirect("meeting", pk=pk)
    return form_page(
        request,
        form,
        title=_("A problem of %(name)s") % {"name": row.person.name},
        hint=row.text,
        back=reverse("meeting", args=[pk]),
        back_label=found.title,
    )


# What was decided, by itself.


@require_GET
def decisions(request: HttpRequest) -> HttpResponseBase:
    """What the meetings one may see have decided."""
    require(can_see_reports(request.user))
    return list_page(request, DecisionList)


def _decided(request: HttpRequest, pk: int) -> MeetingDecision:
    seen = MeetingDecision.objects.visible_to(request.user)
    found: MeetingDecision = get_object_or_404(
        seen.select_related("owner", "meeting__chair"), pk=pk
    )
    return found


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision; done, what came of it is written here."""
    found = _decided(request, pk)
    ending = can_end_decision(request.user, found)
    form = DoneForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST":
        require(ending)
        if form.is_valid() and _end(request, found, form):
            return redirect("decision", pk=pk)
    context = {
        "decision": found,
        "form": form,
        "ending": ending,
        "changing": found.done_at is None and can_lead(request.user, found.meeting),
        "changed_as": [found],
    }
    return render(request, "reports/decision.html", context, status=400 if form.errors else 200)


def _end(request: HttpRequest, found: MeetingDecision, form: DoneForm) -> bool:
    seen = as_seen(found, form)

    def end() -> None:
        decision_done(decision=seen, note=form.cleaned_data["note"], actor=request.user)

    return done(request, form, end, _("Done; the chair is told."))


@require_http_methods(["GET", "POST"])
def decision_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is still to be done."""
    found = _decided(request, pk)
    require(can_lead(request.user, found.meeting))
    initial = {name: getattr(found, name) for name in ("text", "due_on", "version")}
    initial["owner"] = found.owner_id
    form = DecisionChangeForm(request.POST or None, meeting=found.meeting, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        found.version = given.pop("version")

        def change() -> None:
            decision_change(decision=found, actor=request.user, **given)

        if done(request, form, change, _("Changed.")):
            return redirect("decision", pk=pk)
    return form_page(
        request,
        form,
        title=_("Change the decision"),
        back=reverse("decision", args=[pk]),
        back_label=_("Decision"),
    )
