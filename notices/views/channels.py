"""Groups, and one's own wishes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.permissions import require
from notices.forms import ChannelForm, PreferenceForm, VersionForm
from notices.models import GroupChannel, Preference
from notices.navigation import tabs
from notices.permissions import can_have_inbox, can_work_on_channels
from notices.services import channel_add, channel_switch, channel_test, preference_set


@require_http_methods(["GET", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """The groups there are, and a form for another."""
    require(can_work_on_channels(request.user))
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        channel_add(actor=request.user, said=form.said())
        messages.success(request, _("The group has been added. Send it a test message."))
        return redirect("channels")
    rows = GroupChannel.objects.visible_to(request.user)
    context = {"form": form, "channels": rows, "tabs": tabs(request)}
    return render(request, "notices/channels.html", context, status=400 if form.errors else 200)


@require_POST
def channel_try(request: HttpRequest, pk: int) -> HttpResponse:
    """Say a word in the group."""
    require(can_work_on_channels(request.user))
    channel = get_object_or_404(GroupChannel.objects.visible_to(request.user), pk=pk)
    outcome, why = channel_test(actor=request.user, channel=channel)
    if outcome == GroupChannel.Outcome.SENT:
        messages.success(request, _("The group has taken the message."))
    elif outcome == GroupChannel.Outcome.REFUSED:
        messages.error(request, _("The message was refused: %(why)s") % {"why": why})
    else:
        messages.warning(
            request, _("Nobody said whether the message arrived: look into the group.")
        )
    return redirect("channels")


@require_POST
def channel_turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a group on or off."""
    require(can_work_on_channels(request.user))
    channel = get_object_or_404(GroupChannel.objects.visible_to(request.user), pk=pk)
    form, on = VersionForm(request.POST), request.POST.get("on") == "1"
    done = form.is_valid() and channel_switch(
        actor=request.user, channel=channel, version=form.cleaned_data["version"], on=on
    )
    if not done:
        messages.warning(request, _("Somebody else has changed the group meanwhile."))
    elif on:
        messages.success(request, _("The group has been switched on."))
    else:
        messages.success(request, _("The group has been switched off."))
    return redirect("channels")


@require_http_methods(["GET", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    """How somebody wants to hear of what waits."""
    user: Any = request.user
    require(can_have_inbox(user))
    wish = Preference.objects.filter(person=user.person_id).first() or Preference()
    form = PreferenceForm(
        request.POST or None, initial={"email": wish.email, "rhythm": wish.rhythm}
    )
    if request.method == "POST" and form.is_valid():
        preference_set(person=user.person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("notice_settings")
    context = {"form": form, "tabs": tabs(request), "email": user.email}
    return render(request, "notices/settings.html", context, status=400 if form.errors else 200)
