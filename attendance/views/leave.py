"""Leave: the lists, a request with what it costs, evidence, withdrawal (LEA-1 to LEA-5)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Person
from attendance.forms.leave import CostForm, EvidenceForm, LeaveForm, VersionForm
from attendance.leave_balances import month_balances, rewards_of
from attendance.leave_facts import REWARD, LeaveRules, leave_rules
from attendance.leave_standing import outcome_of
from attendance.leave_words import cost_words, days_read, noteworthy
from attendance.lists.leave import LeaveList, WaitingLeaveList
from attendance.models import Leave, LeaveType
from attendance.permissions.leave import (
    can_ask,
    can_decide_leaves,
    can_hand_in,
    can_see_leaves,
    can_withdraw,
)
from attendance.services.leave import leave_ask, leave_evidence, leave_withdraw, overlapping
from attendance.services.leave_keeping import LeaveRefused
from core import clock
from core.files.services import FileRefused
from core.lists import list_page
from core.months import Month
from core.permissions import require
from core.uploads import is_too_large
from policy.clauses import clause_of


@require_GET
def leaves(request: HttpRequest) -> HttpResponseBase:
    """The leave one may see."""
    require(can_see_leaves(request.user))
    return list_page(request, LeaveList)


@require_http_methods(["GET", "HEAD", "POST"])
def leaves_to_decide(request: HttpRequest) -> HttpResponseBase:
    """Requests that wait for one's own word; plain ones are approved several at once."""
    require(can_decide_leaves(request.user))
    return list_page(request, WaitingLeaveList)


@require_http_methods(["GET", "POST"])
def leave_new(request: HttpRequest) -> HttpResponse:
    """Ask for leave; what it will cost is shown before it is sent."""
    require(can_ask(request.user))
    user: Any = request.user
    rules = leave_rules()
    form = _form(request, rules)
    if request.method == "POST" and form.is_valid():
        try:
            made = leave_ask(
                person=user.person,
                asked=form.asked(),
                files=form.cleaned_data["files"],
                token=form.cleaned_data["token"],
                actor=user,
            )
        except (LeaveRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sent; it waits for a decision."))
            return redirect("leave_one", pk=made.pk)
    month = Month.of(clock.today())
    context = {
        "form": form,
        "balances": month_balances(user.person, month, rules),
        "rewards": rewards_of(user.person, rules),
        "month": month,
        "clauses": [clause_of(rule) for rule in ("LEA-1", "LEA-2", "LEA-5")],
    }
    status = 400 if form.errors else 200
    return render(request, "attendance/leave_form.html", context, status=status)


def _form(request: HttpRequest, rules: LeaveRules) -> LeaveForm:
    if request.method != "POST":
        return LeaveForm(rules=rules)
    large = is_too_large(request)
    return LeaveForm(request.POST, request.FILES, rules=rules, too_large=large)


@require_GET
def leave_cost(request: HttpRequest) -> HttpResponse:
    """A fragment: what a request as it is filled in would cost, and what stands in its way."""
    require(can_ask(request.user))
    user: Any = request.user
    rules = leave_rules()
    form = CostForm(request.GET, rules=rules)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        person = Person.objects.select_related("supervisor").get(pk=user.person_id)
        leave = form.leave(person)
        context |= outcome_context(leave, rules)
        context["other"] = overlapping(leave)
        context["names"] = rules.names
    return render(request, "attendance/_leave_cost.html", context)


def outcome_context(leave: Leave, rules: LeaveRules) -> dict[str, Any]:
    """What would come of a request, in words."""
    outcome = outcome_of(leave, rules)
    kind = rules.types.get(leave.type)
    refused = kind is not None and kind.past_cap == LeaveType.PastCap.REFUSED
    return {
        "outcome": outcome,
        "costs": [said for c in outcome.costs for said in cost_words(c, refused=refused)],
        "days": sum(cost.days for cost in outcome.costs),
        "total": sum(cost.costs for cost in outcome.costs),
        "noteworthy": list(noteworthy(days_read(leave.start_on, leave.end_on, rules.workdays))),
        "is_refused_past_limit": refused and outcome.is_past_limit,
        "rewards": rewards_of(leave.person, rules) if leave.type == REWARD else None,
    }


def found_leave(request: HttpRequest, pk: int) -> Leave:
    seen = Leave.objects.visible_to(request.user)
    rows = seen.select_related("person__supervisor", "decided_by__person")
    leave: Leave = get_object_or_404(rows, pk=pk)
    return leave


@require_POST
def leave_hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in evidence for a request that waits or is approved."""
    leave = found_leave(request, pk)
    require(can_hand_in(request.user, leave))
    form = EvidenceForm(request.POST, request.FILES, too_large=is_too_large(request))
    if form.is_valid():
        try:
            leave_evidence(leave=leave, files=form.cleaned_data["files"], actor=request.user)
        except (LeaveRefused, FileRefused) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The evidence is handed in."))
    else:
        wrong = [said for errors in form.errors.values() for said in errors]
        messages.error(request, " ".join(map(str, wrong)))
    return redirect("leave_one", pk=pk)


@require_POST
def leave_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an own request that waits, as it was seen."""
    leave = found_leave(request, pk)
    require(can_withdraw(request.user, leave))
    form = VersionForm(request.POST)
    if form.is_valid():
        leave.version = form.cleaned_data["version"]
        try:
            leave_withdraw(leave=leave, actor=request.user)
        except LeaveRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The request is withdrawn."))
    else:
        messages.error(request, _("Open the form anew and send it again."))
    return redirect("leave_one", pk=pk)
