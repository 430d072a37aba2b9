"""Cases: reported, heard, decided, objected to (DIS-1, DIS-2, DIS-3)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conduct.cases.forms import (
    DismissForm,
    ObjectForm,
    ReplyForm,
    ReportForm,
    SeenForm,
    SuspicionCaseForm,
    WordForm,
)
from conduct.cases.lists import ProceedingList
from conduct.cases.permissions import (
    can_decide_objection,
    can_decide_proposal,
    can_judge,
    can_object,
    can_open_case_of,
    can_reply,
    can_report,
)
from conduct.cases.reads import stood_before
from conduct.cases.rules import is_second
from conduct.cases.services import (
    CaseRefused,
    ChangedMeanwhile,
    hearing_begin,
    hearing_reply,
    objection_decide,
    objection_file,
    proceeding_dismiss,
    proceeding_of_suspicion,
    proceeding_report,
    proposal_decide,
    verdict_give,
)
from conduct.cases.shown import context_of, verdict_form
from conduct.doing import done, form_page
from conduct.models import Objection, Proceeding, Proposal, Subject, Suspicion, Verdict
from core.confidential import opened
from core.files.services import FileRefused
from core.lists import list_page
from core.permissions import require
from core.services import audit_subject
from core.uploads import is_too_large

OF_VERDICT = ("verdict__by__person", "verdict__subject__person", "verdict__subject__proceeding")


@require_GET
def proceedings(request: HttpRequest) -> HttpResponseBase:
    """The cases one is concerned in."""
    require(can_report(request.user))
    return list_page(request, ProceedingList)


@require_http_methods(["GET", "POST"])
def proceeding_new(request: HttpRequest) -> HttpResponse:
    """Report something, from the phone as well."""
    user: Any = request.user
    require(can_report(user))
    form = ReportForm(request.POST or None, request.FILES or None, too_large=is_too_large(request))
    made: list[Proceeding] = []

    def report() -> None:
        given = form.cleaned_data
        made.append(
            proceeding_report(
                reported=form.reported(),
                files=given["files"],
                token=given["token"],
                reporter=user.person,
                actor=user,
            )
        )

    said = _("Reported. Whoever decides has been told; nobody else reads it.")
    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, form, report, said, CaseRefused)
    ):
        return redirect("proceeding", pk=made[0].pk)
    return form_page(
        request,
        form,
        title=_("Report something"),
        back=reverse("proceedings"),
        back_label=pgettext("conduct", "Cases"),
        save=pgettext("conduct", "Report"),
        hint=_(
            "Whoever decides on it reads it, and whom it is about once the hearing has begun, "
            "without your name. You see here when it is decided."
        ),
        has_files=True,
    )


def _found(request: HttpRequest, pk: int) -> Proceeding:
    seen = Proceeding.objects.visible_to(request.user).select_related("reporter", "notice")
    row: Proceeding = get_object_or_404(seen, pk=pk)
    return row


@require_GET
def proceeding(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A case: the whole of it, or one's own part."""
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest, row: Proceeding, *, status: int = 200, **forms: Any
) -> HttpResponseBase:
    """The page; who opens the case of others leaves a trace, of each whom it is about; of nobody
    before the hearing: they would hear of the case by who opened their file."""
    context = context_of(request.user, row, **forms)
    answer: HttpResponseBase = render(request, "conduct/proceeding.html", context, status=status)
    if not context["whole"]:
        return answer
    about = [side.person.employee_no for side in context["sides"]] if row.hearing_at else [""]
    for no in about:
        answer = opened(request, answer, kind="conduct", subject=audit_subject(row), about=no)
    return answer


def _do(
    request: HttpRequest,
    row: Proceeding,
    name: str,
    form: Any,
    does: Callable[[dict[str, Any]], Any],
    said: Any,
) -> HttpResponseBase:
    """A small form of the page: done and said, or the page again with the reason."""
    if not form.is_valid():
        return _page(request, row, status=400, **{name: form})
    try:
        does(form.cleaned_data)
    except ChangedMeanwhile as refusal:
        messages.error(request, str(refusal))
        return _page(request, _found(request, row.pk), status=409)
    except (CaseRefused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _found(request, row.pk), status=400, **{name: form})
    messages.success(request, said)
    return redirect("proceeding", pk=row.pk)


@require_POST
def proceeding_hearing(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Begin the hearing."""
    row = _found(request, pk)
    require(can_judge(request.user, row))

    def hear(given: dict[str, Any]) -> None:
        row.version = given["version"]
        hearing_begin(row=row, actor=request.user)

    said = pgettext("conduct", "The hearing has begun: they are told, and can reply.")
    return _do(request, row, "seen", SeenForm(request.POST), hear, said)


@require_POST
def proceeding_end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """There is nothing in it."""
    row = _found(request, pk)
    require(can_judge(request.user, row))

    def dismiss(given: dict[str, Any]) -> None:
        row.version = given["version"]
        proceeding_dismiss(row=row, why=given["why"], actor=request.user)

    form = DismissForm(request.POST, prefix="dismiss")
    return _do(request, row, "dismiss", form, dismiss, _("Ended: nothing follows."))


def _subject(request: HttpRequest, pk: int) -> Subject:
    """Somebody in a case, as far as one may see it."""
    rows = Subject.objects.visible_to(request.user)
    found: Subject = get_object_or_404(
        rows.select_related("person", "proceeding__reporter", "verdict"), pk=pk
    )
    return found


@require_POST
def proceeding_reply(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Whom it is about says their side."""
    subject = _subject(request, pk)
    require(can_reply(request.user, subject))
    form = ReplyForm(request.POST, request.FILES, too_large=is_too_large(request))

    def reply(given: dict[str, Any]) -> None:
        hearing_reply(subject=subject, actor=request.user, **given)

    row, name = subject.proceeding, f"reply_{pk}"
    return _do(request, row, name, form, reply, _("Sent. Whoever decides has been told."))


@require_POST
def proceeding_verdict(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Decide of one of them."""
    subject = _subject(request, pk)
    row = subject.proceeding
    require(can_judge(request.user, row))
    second = is_second(row.offence, len(stood_before(subject.person)))
    form = verdict_form(row, subject, second, request.POST)

    def decide(given: dict[str, Any]) -> None:
        verdict_give(
            subject=subject,
            version=given["version"],
            decided=form.decided(),
            actor=request.user,
        )

    return _do(request, row, f"verdict_{pk}", form, decide, _("Decided; they are told."))


def _verdict_of(request: HttpRequest, rows: Any, pk: int) -> Any:
    """What belongs to a decision in a case that one may see."""
    seen = Proceeding.objects.visible_to(request.user).order_by().values("pk")
    there = rows.filter(verdict__subject__proceeding__in=seen).select_related(*OF_VERDICT)
    return get_object_or_404(there, pk=pk)


@require_POST
def proceeding_object(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Whom it is about objects to what was decided of them."""
    seen = Proceeding.objects.visible_to(request.user).order_by().values("pk")
    rows = Verdict.objects.filter(subject__proceeding__in=seen).select_related(
        "by__person", "subject__person", "subject__proceeding__reporter", "objection"
    )
    verdict: Verdict = get_object_or_404(rows, pk=pk)
    require(can_object(request.user, verdict))

    def protest(given: dict[str, Any]) -> None:
        objection_file(verdict=verdict, text=given["text"], actor=request.user)

    said = _("Sent. Somebody else than who decided looks at it.")
    row, form = verdict.subject.proceeding, ObjectForm(request.POST)
    return _do(request, row, f"object_{pk}", form, protest, said)


@require_POST
def proceeding_objection(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Another's word on an objection."""
    objection: Objection = _verdict_of(request, Objection.objects.all(), pk)
    require(can_decide_objection(request.user, objection))
    grant = request.POST.get("do") == "approve"

    def decide(given: dict[str, Any]) -> None:
        objection_decide(objection=objection, grant=grant, reply=given["reply"], actor=request.user)

    row, form = objection.verdict.subject.proceeding, WordForm(request.POST, prefix="objection")
    return _do(request, row, f"objection_{pk}", form, decide, _("Decided; they are told."))


@require_POST
def proceeding_proposal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The leader's word on a proposed demotion or dismissal."""
    proposal: Proposal = _verdict_of(request, Proposal.objects.all(), pk)
    require(can_decide_proposal(request.user, proposal))
    accept = request.POST.get("do") == "approve"

    def decide(given: dict[str, Any]) -> None:
        proposal_decide(proposal=proposal, accept=accept, reply=given["reply"], actor=request.user)

    row, form = proposal.verdict.subject.proceeding, WordForm(request.POST, prefix="proposal")
    return _do(request, row, f"proposal_{pk}", form, decide, _("Decided; they are told."))


@require_POST
def suspicion_proceeding(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a case of a suspicion that was taken up."""
    seen = Suspicion.objects.visible_to(request.user).select_related("gains", "loses", "decision")
    suspicion = get_object_or_404(seen, pk=pk)
    require(can_open_case_of(request.user, suspicion))
    form = SuspicionCaseForm(request.POST)
    if form.is_valid():
        try:
            made = proceeding_of_suspicion(
                suspicion=suspicion, offence=form.cleaned_data["offence"], actor=request.user
            )
        except CaseRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The case is open: begin the hearing of both."))
            return redirect("proceeding", pk=made.pk)
    return redirect("suspicion", pk=pk)
