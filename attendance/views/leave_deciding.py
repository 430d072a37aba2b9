"""A request for leave with all that bears on it; decided, cancelled, made a special case."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import may_decide
from attendance.forms.leave import (
    EvidenceForm,
    LeaveDecisionForm,
    OwnCancelForm,
    ReasonedForm,
    VersionForm,
)
from attendance.leave_facts import leave_rules
from attendance.leave_steps import step_now, words_on
from attendance.leave_words import type_name
from attendance.models import Leave, Status
from attendance.permissions.leave import (
    can_cancel,
    can_decide,
    can_hand_in,
    can_make_special,
    can_withdraw,
    sees_evidence,
    sees_why,
)
from attendance.services.leave_deciding import (
    leave_approve,
    leave_cancel,
    leave_refuse,
    leave_special,
)
from attendance.services.leave_keeping import LEAVE, LeaveRefused, what_it_became
from attendance.views.leave import found_leave, outcome_context
from core.files.querysets import files_of
from core.permissions import require
from policy.clauses import clause_of

CLAUSES = {"personal": ("LEA-1", "LEA-5"), "sick": ("LEA-2", "LEA-5"), "reward": ("LEA-3",)}


@require_GET
def leave_one(request: HttpRequest, pk: int) -> HttpResponse:
    """The request: its days, what it costs, the evidence, every word on it, what one can do."""
    return _page(request, found_leave(request, pk))


def _page(request: HttpRequest, leave: Leave, **forms: Any) -> HttpResponse:
    user: Any = request.user
    rules, words = leave_rules(), words_on(leave)
    step = step_now(leave, words)
    seen = {"version": leave.version, "step": step}
    active = leave.status in (Status.PENDING, Status.APPROVED)
    is_own = user.person_id == leave.person_id
    kind = rules.types.get(leave.type)
    special = any(word.special_case for word in words if word.of_version == leave.version)
    context = {
        "leave": leave,
        "type": type_name(leave.type, rules.names),
        "words": words,
        "step": step,
        "is_own": is_own,
        "sees_why": sees_why(user, leave),
        "sees_evidence": sees_evidence(user, leave),
        "files": files_of(LEAVE, [leave.pk])[str(leave.pk)],
        "deciding": can_decide(user, leave, step, words),
        "cancelling": can_cancel(user, leave),
        "can_withdraw": can_withdraw(user, leave),
        "can_hand_in": can_hand_in(user, leave),
        "making_special": can_make_special(user, leave),
        "decision_form": LeaveDecisionForm(initial={**seen, "special": special}),
        "cancel_form": (OwnCancelForm if is_own else ReasonedForm)(initial=seen),
        "special_form": ReasonedForm(initial=seen),
        "version_form": VersionForm(initial=seen),
        "evidence_form": EvidenceForm(),
        "may_be_special": kind is None or kind.past_cap != "refused",
        "clauses": [clause_of(rule) for rule in CLAUSES.get(leave.type, ("LEA-4", "LEA-5"))],
        "changed_as": [leave],
        **(outcome_context(leave, rules) if active else {}),
        **forms,
    }
    return render(request, "attendance/leave.html", context, status=400 if forms else 200)


@require_POST
def leave_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, or refuse with the reason, the request as it was seen."""
    leave = found_leave(request, pk)
    words = words_on(leave)
    if leave.status == Status.PENDING:
        require(can_decide(request.user, leave, step_now(leave, words), words))
    else:  # who comes second is told
        require(may_decide(request.user, leave.person))
    form = LeaveDecisionForm(request.POST)
    approve = request.POST.get("do") == "approve"
    if form.is_valid() and not approve and not form.cleaned_data["reply"].strip():
        form.add_error("reply", _("A decision needs its reason."))
    if not form.is_valid():
        return _page(request, leave, decision_form=form)
    given = form.cleaned_data
    said: dict[str, Any] = {"step": given["step"], "reply": given["reply"]}
    if not approve:
        return _do(request, leave, given["version"], leave_refuse, _("Refused."), **said)
    last = given["step"] >= leave.steps_needed
    told = _("Approved.") if last else _("Approved, and handed on to the manager.")
    said["special"] = given["special"]
    return _do(request, leave, given["version"], leave_approve, told, **said)


@require_POST
def leave_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """An approved leave does not take place: its days are free again."""
    leave = found_leave(request, pk)
    if leave.status != Status.APPROVED:
        messages.error(request, what_it_became(pk))
        return redirect("leave_one", pk=pk)
    require(can_cancel(request.user, leave))
    user: Any = request.user
    own = user.person_id == leave.person_id
    form = OwnCancelForm(request.POST) if own else ReasonedForm(request.POST)
    if not form.is_valid():
        return _page(request, leave, cancel_form=form)
    given = form.cleaned_data
    told = _("The leave is cancelled; its days are free again.")
    return _do(request, leave, given["version"], leave_cancel, told, reply=given["reply"])


@require_POST
def leave_make_special(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an approved leave a special case, with the reason (LEA-1)."""
    leave = found_leave(request, pk)
    if leave.status != Status.APPROVED or leave.special_case:
        messages.error(request, what_it_became(pk))
        return redirect("leave_one", pk=pk)
    require(can_make_special(request.user, leave))
    form = ReasonedForm(request.POST)
    if not form.is_valid():
        return _page(request, leave, special_form=form)
    given = form.cleaned_data
    told = _("It is a special case now; what was charged for it is reversed at the next close.")
    return _do(request, leave, given["version"], leave_special, told, reply=given["reply"])


def _do(
    request: HttpRequest,
    leave: Leave,
    version: int,
    does: Callable[..., Leave],
    told: str,
    **said: Any,
) -> HttpResponse:
    leave.version = version
    try:
        does(leave=leave, actor=request.user, **said)
    except LeaveRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("leave_one", pk=leave.pk)
