"""Days of reward leave: the list with one's balance, given, taken back (LEA-3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance.forms.leave import RewardForm, TakeBackForm
from attendance.leave_balances import rewards_of
from attendance.leave_facts import leave_rules
from attendance.lists.leave import RewardList
from attendance.models import RewardGrant
from attendance.permissions.leave import (
    can_give_rewards,
    can_give_to,
    can_see_leaves,
    can_take_back,
)
from attendance.services.leave_keeping import LeaveRefused
from attendance.services.rewards import reward_give, reward_take_back
from core.lists import list_page
from core.permissions import require
from policy.clauses import clause_of


@require_GET
def rewards(request: HttpRequest) -> HttpResponseBase:
    """The days given that one may see, under one's own balance."""
    require(can_see_leaves(request.user))
    return list_page(request, RewardList)


@require_http_methods(["GET", "POST"])
def reward_new(request: HttpRequest) -> HttpResponse:
    """Give somebody days of reward leave: the manager or the leader, never to oneself."""
    require(can_give_rewards(request.user))
    if request.method == "POST":
        form = RewardForm(request.POST, user=request.user)
    else:
        form = RewardForm(user=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        require(can_give_to(request.user, given["person"]))
        try:
            made = reward_give(**given, actor=request.user)
        except LeaveRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The days are given."))
            return redirect("reward", pk=made.pk)
    context = {
        "form": form,
        "title": _("Give reward leave"),
        "back": reverse("rewards"),
        "back_label": _("Reward leave"),
        "save": _("Give"),
        "hint": _("They can be used from today on; the balance shows what is left."),
        "clauses": [clause_of("LEA-3")],
    }
    status = 400 if form.errors else 200
    return render(request, "attendance/leave_thing.html", context, status=status)


def _found(request: HttpRequest, pk: int) -> RewardGrant:
    seen = RewardGrant.objects.visible_to(request.user).select_related("person", "granted_by")
    grant: RewardGrant = get_object_or_404(seen, pk=pk)
    return grant


@require_GET
def reward(request: HttpRequest, pk: int) -> HttpResponse:
    """Days given to somebody, and what is left of them."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, grant: RewardGrant, form: Any = None) -> HttpResponse:
    standing = rewards_of(grant.person, leave_rules())
    mine = next((each for each in standing.given if each.grant.pk == grant.pk), None)
    context = {
        "grant": grant,
        "given": mine,
        "standing": standing,
        "taking_back": can_take_back(request.user, grant),
        "form": form or TakeBackForm(),
        "clauses": [clause_of("LEA-3")],
        "changed_as": [grant],
    }
    return render(request, "attendance/reward.html", context, status=400 if form else 200)


@require_POST
def reward_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take unused days back, with the reason."""
    grant = _found(request, pk)
    if grant.taken_back_at is not None:
        messages.error(request, _("These days were taken back already."))
        return redirect("reward", pk=pk)
    require(can_take_back(request.user, grant))
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        return _page(request, grant, form)
    try:
        reward_take_back(grant=grant, why=form.cleaned_data["why"], actor=request.user)
    except LeaveRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The days are taken back."))
    return redirect("reward", pk=pk)
