"""Slips agreed by number: finance ticks, who holds them confirms (SLIP-3)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Person
from core.permissions import require
from receivables.forms.slip_counts import SlipCountForm
from receivables.models import SlipCount
from receivables.permissions.counter import (
    can_agree_slips,
    can_confirm_slips,
    can_count_slips,
)
from receivables.querysets.slip_counts import last_agreed, movements_of, slips_in_hand
from receivables.services import CounterRefused, slip_count_confirm, slip_count_keep


@require_http_methods(["GET", "POST"])
def slips_agree(request: HttpRequest, employee_no: str) -> HttpResponse:
    """Finance looks through the slips somebody holds, by number, and ticks those shown."""
    require(can_agree_slips(request.user))
    person = get_object_or_404(Person.objects.visible_to(request.user), employee_no=employee_no)
    require(can_count_slips(request.user, person))
    form = SlipCountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = slip_count_keep(
                actor=request.user,
                person=person,
                seen=form.cleaned_data["seen"],
                shown=form.cleaned_data["shown"],
            )
        except CounterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Counted; now it is confirmed by who holds them."))
            return redirect("slip_count", pk=kept.pk)
    slips = list(slips_in_hand(person).select_related("order__customer"))
    context = {
        "person": person,
        "form": form,
        "slips": slips,
        "shown": set(request.POST.getlist("shown")),
        "movements": movements_of(person, [each.slip_no for each in slips]),
        "agreed": last_agreed(person),
    }
    status = 400 if form.errors else 200
    return render(request, "receivables/slips_agree.html", context, status=status)


def _found(request: HttpRequest, pk: int) -> SlipCount:
    seen = SlipCount.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("person", "counted_by__person"), pk=pk)


@require_GET
def slip_count(request: HttpRequest, pk: int) -> HttpResponse:
    """One count, for who confirms it and who made it."""
    found = _found(request, pk)
    is_latest = not SlipCount.objects.filter(person=found.person_id, pk__gt=found.pk).exists()
    confirming = can_confirm_slips(request.user, found)
    context = {
        "count": found,
        "is_latest": is_latest,
        "can_confirm": confirming and is_latest and found.confirmed_at is None,
        "changed_as": [found],
    }
    return render(request, "receivables/slip_count.html", context)


@require_POST
def slip_count_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Who holds the slips says that the count is right."""
    found = _found(request, pk)
    require(can_confirm_slips(request.user, found))
    try:
        slip_count_confirm(actor=request.user, count=found)
    except CounterRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The slips are agreed."))
    return redirect("slip_count", pk=pk)
