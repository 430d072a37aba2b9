"""A leaver's hand-over list, to tick and to print (PAY-6)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.forms import TickForm
from accounts.handing_over import handover_items, handover_lines
from accounts.models import HandoverTick
from accounts.permissions import can_see_handover, can_tick_handover
from accounts.services import (
    PeopleRefused,
    handover_subject,
    handover_tick,
    handover_untick,
)
from accounts.views.person import person_of
from core.panels import panels_of
from core.permissions import require


@require_GET
def person_handover(request: HttpRequest, employee_no: str) -> HttpResponse:
    """What is still with somebody, what was handed over, to whom and when."""
    user: Any = request.user
    whose = person_of(request, employee_no)
    require(can_see_handover(user, whose))
    lines = handover_lines(whose)
    context = {
        "person": whose,
        "lines": lines,
        "open": sum(line.tick is None for line in lines),
        "can_tick": can_tick_handover(user, whose),
        "changed_as": handover_subject(whose),
        "panels": panels_of("handover", user, person=whose),
    }
    return render(request, "accounts/handover.html", context)


@require_POST
def person_handover_tick(request: HttpRequest, employee_no: str) -> HttpResponse:
    """Tick one thing: to whom it was handed over."""
    user: Any = request.user
    whose = person_of(request, employee_no)
    require(can_tick_handover(user, whose))
    form = TickForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say to whom: an employee number, or a name one alone has."))
        return redirect("person_handover", employee_no=employee_no)
    wanted = form.cleaned_data["item"]
    item = next((it for it in handover_items([whose.pk]) if it.key == wanted), None)
    if item is None:
        raise Http404
    try:
        handover_tick(actor=user, person=whose, item=item, to=form.cleaned_data["to"])
    except PeopleRefused as refused:
        messages.error(request, str(refused))
    return redirect("person_handover", employee_no=employee_no)


@require_POST
def handover_tick_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a tick back."""
    user: Any = request.user
    seen = HandoverTick.objects.visible_to(user).select_related("person", "to")
    tick = get_object_or_404(seen, pk=pk)
    require(can_tick_handover(user, tick.person))
    try:
        handover_untick(actor=user, tick=tick)
    except PeopleRefused as refused:
        messages.error(request, str(refused))
    return redirect("person_handover", employee_no=tick.person.employee_no)
