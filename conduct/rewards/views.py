"""Rewards: proposed, decided, and the wall of honour (REW-1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conduct.doing import done, form_page
from conduct.models import Reward, RewardProposal
from conduct.navigation import tabs
from conduct.rewards.forms import DecideForm, ProposeForm
from conduct.rewards.lists import RewardList
from conduct.rewards.permissions import (
    can_decide_reward,
    can_propose,
    can_propose_for,
    can_see_rewards,
    can_withdraw,
)
from conduct.rewards.services import (
    ChangedMeanwhile,
    RewardRefused,
    reward_decide,
    reward_propose,
    reward_withdraw,
)
from conduct.rewards.tables import badge, what
from core.lists import list_page
from core.permissions import require
from policy.clauses import clause_of


@require_GET
def honour(request: HttpRequest) -> HttpResponse:
    """The wall of honour: titles, the latest first, for everybody."""
    require(can_see_rewards(request.user))
    context = {
        "titles": list(Reward.objects.on_the_wall()),
        "tabs": tabs(request),
        "clauses": [clause_of("REW-1")],
    }
    return render(request, "conduct/honour.html", context)


@require_GET
def rewards(request: HttpRequest) -> HttpResponseBase:
    """The rewards one may see."""
    require(can_see_rewards(request.user))
    return list_page(request, RewardList)


@require_http_methods(["GET", "POST"])
def reward_new(request: HttpRequest) -> HttpResponse:
    """Propose a reward for somebody one leads."""
    user: Any = request.user
    require(can_propose(user))
    initial = {"person": request.GET.get("person", "")[:60]}
    form = ProposeForm(request.POST or None, initial=initial)
    valid = request.method == "POST" and form.is_valid()
    if valid:
        require(can_propose_for(user, form.cleaned_data["person"]))
    made: list[RewardProposal] = []

    def propose() -> None:
        given = form.cleaned_data
        row = reward_propose(
            person=given["person"],
            proposed=form.proposed(),
            token=given["token"],
            by=user.person,
            actor=user,
        )
        made.append(row)

    said = _("Proposed. Whoever decides has been told.")
    if valid and done(request, form, propose, said, RewardRefused):
        return redirect("reward_proposal", pk=made[0].pk)
    return form_page(
        request,
        form,
        title=_("Propose a reward"),
        back=reverse("reward_proposals"),
        back_label=_("Rewards"),
        save=_("Propose"),
    )


def _found(request: HttpRequest, pk: int) -> RewardProposal:
    seen = RewardProposal.objects.visible_to(request.user)
    row: RewardProposal = get_object_or_404(
        seen.select_related("person", "proposed_by", "decided_by__person"), pk=pk
    )
    return row


@require_GET
def reward(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposed reward, and what was decided."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, row: RewardProposal, **forms: Any) -> HttpResponse:
    waits = row.state == RewardProposal.State.PROPOSED
    form = forms.get("form")
    context = {
        "row": row,
        "what": what(row),
        "badge": badge(row),
        "decide_form": (form or DecideForm())
        if waits and can_decide_reward(request.user, row)
        else None,
        "withdraws": waits and bool(can_withdraw(request.user, row)),
        "clauses": [clause_of("REW-1")],
    }
    status = 400 if form is not None else 200
    return render(request, "conduct/reward.html", context, status=status)


@require_POST
def reward_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse it."""
    row = _found(request, pk)
    require(can_decide_reward(request.user, row))
    form = DecideForm(request.POST)
    grant = request.POST.get("do") == "approve"
    if not form.is_valid():
        return _page(request, row, form=form)
    try:
        reward_decide(row=row, grant=grant, reply=form.cleaned_data["reply"], actor=request.user)
    except ChangedMeanwhile as refusal:
        messages.error(request, str(refusal))
    except RewardRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, row, form=form)
    else:
        messages.success(request, _("Granted.") if grant else _("Refused."))
    return redirect("reward_proposal", pk=pk)


@require_POST
def reward_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever proposed it lets it be."""
    row = _found(request, pk)
    require(can_withdraw(request.user, row))
    try:
        reward_withdraw(row=row, actor=request.user)
    except RewardRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn."))
    return redirect("reward_proposal", pk=pk)
