"""Appeals: the list, one with its talk, and what can be done with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.files.querysets import files_of
from core.files.services import FileRefused
from core.lists import list_page
from core.permissions import require
from core.services import audit_subject
from core.uploads import is_too_large
from payroll.forms import DecisionForm, SaidForm
from payroll.lists import AppealList
from payroll.models import Appeal, Entry, PayMonth
from payroll.permissions import (
    can_decide,
    can_object,
    can_say,
    can_see_appeals,
    can_withdraw,
)
from payroll.services import (
    AppealRefused,
    appeal_decide,
    appeal_file,
    appeal_say,
    appeal_withdraw,
)
from payroll.services.appeals import is_taken
from payroll.services.evidence import KIND
from payroll.views.explaining import why_context


@require_GET
def appeals(request: HttpRequest) -> HttpResponseBase:
    """One's own, and those one may read: state, deadline, amount; a page at a time."""
    require(can_see_appeals(request.user))
    return list_page(request, AppealList)


@require_http_methods(["GET", "POST"])
def appeal_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to a line of one's own statement."""
    user: Any = request.user
    seen = Entry.objects.visible_to(user).select_related("person")
    entry = get_object_or_404(seen, pk=pk)
    standing = Appeal.objects.undecided().filter(for_month=entry.for_month, key=entry.key).first()
    if standing and standing.person_id == user.person_id:
        return redirect("appeal", pk=standing.pk)
    pay_month = PayMonth.objects.filter(month=entry.pay_month).first()
    require(can_object(user, entry, pay_month))
    form = _said_form(request, draft=f"appeal-{entry.pk}", label=_("What is wrong with this line?"))
    if request.method == "POST" and form.is_valid():
        try:
            filed = appeal_file(
                entry=entry,
                text=form.cleaned_data["text"],
                token=form.cleaned_data["token"],
                files=form.cleaned_data["files"],
                actor=user,
            )
        except (AppealRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your objection has been handed in."))
            return redirect("appeal", pk=filed.pk)
    context = {"form": form, **why_context(entry)}
    return render(request, "payroll/appeal_new.html", context, status=400 if form.errors else 200)


def _said_form(request: HttpRequest, *, draft: str, label: str) -> SaidForm:
    if request.method != "POST":
        return SaidForm(draft=draft, label=label)
    return SaidForm(
        request.POST, request.FILES, draft=draft, label=label, too_large=is_too_large(request)
    )


def _found(request: HttpRequest, pk: int) -> Appeal:
    seen = Appeal.objects.visible_to(request.user)
    return get_object_or_404(
        seen.select_related("person", "entry__person", "decided_by__person", "filed_by__person"),
        pk=pk,
    )


@require_GET
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """The charge with its reasons, what was said and sent, the decision, and what can be done."""
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest,
    found: Appeal,
    *,
    say: SaidForm | None = None,
    decision: DecisionForm | None = None,
) -> HttpResponse:
    user: Any = request.user
    talk = list(found.messages.select_related("author__person"))
    deciding = can_decide(user, found)
    is_own = user.person is not None and user.person_id == found.person_id
    draft = f"say-{found.pk}-{len(talk)}"
    context = {
        "appeal": found,
        "talk": talk,
        "files": files_of(KIND, [str(found.pk)]).get(str(found.pk), []),
        "deciding": deciding,
        "is_own": is_own,
        "is_taken": is_taken(found.entry),
        "say_form": say or SaidForm(draft=draft, label=_("Your words")),
        "decision_form": decision or DecisionForm(initial={"version": found.version}),
        "can_say": found.is_undecided and (is_own or bool(deciding)),
        "can_withdraw": can_withdraw(user, found),
        "drafts_done": [f"appeal-{found.entry_id}", f"say-{found.pk}-{len(talk) - 1}"],
        **why_context(found.entry),
        "changed_as": [audit_subject(found), f"charge {found.key}"],
    }
    wrong = bool((say and say.errors) or (decision and decision.errors))
    return render(request, "payroll/appeal.html", context, status=400 if wrong else 200)


@require_POST
def appeal_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a word, of either side; `asks` returns it to the salesperson for an answer."""
    found = _found(request, pk)
    require(can_say(request.user, found))
    form = _said_form(request, draft=f"say-{pk}", label=_("Your words"))
    if not form.is_valid():
        return _page(request, found, say=form)
    try:
        appeal_say(
            appeal=found,
            text=form.cleaned_data["text"],
            token=form.cleaned_data["token"],
            files=form.cleaned_data["files"],
            asks="asks" in request.POST,
            actor=request.user,
        )
    except (AppealRefused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _found(request, pk), say=form)
    return redirect("appeal", pk=pk)


@require_POST
def appeal_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse, with the reason, the appeal as it was seen."""
    found = _found(request, pk)
    if not found.is_undecided:
        messages.error(request, _decided(found))
        return redirect("appeal", pk=pk)
    require(can_decide(request.user, found))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, decision=form)
    found.version = form.cleaned_data["version"]
    grant = request.POST.get("do") == "grant"
    try:
        appeal_decide(
            appeal=found, grant=grant, reply=form.cleaned_data["reply"], actor=request.user
        )
    except AppealRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _granted_says(found) if grant else _("The appeal is refused."))
    return redirect("appeal", pk=pk)


def _decided(found: Appeal) -> str:
    who: Any = found.decided_by
    return _("The appeal was decided already, by %(who)s: %(state)s.") % {
        "who": who.get_full_name() if who else "—",
        "state": found.get_state_display(),
    }


def _granted_says(found: Appeal) -> str:
    if is_taken(found.entry):
        return _("The appeal is granted; the charge goes, and the statement follows in a moment.")
    return _("The appeal is granted; the statement follows once the facts have been corrected.")


@require_POST
def appeal_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The salesperson lets it be."""
    found = _found(request, pk)
    require(can_withdraw(request.user, found))
    try:
        appeal_withdraw(appeal=found, actor=request.user)
    except AppealRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your appeal is withdrawn."))
    return redirect("appeal", pk=pk)
