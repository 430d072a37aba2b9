"""The cashier's counter: whose money, how much of it is there, handed in (SLIP-3)."""

from collections.abc import Sequence
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Person
from core.lists import list_page
from core.money import total
from core.permissions import require
from receivables.forms.counter import CountForm
from receivables.lists.counter import HandoverList
from receivables.models import Discrepancy, Handover
from receivables.navigation import counter_tabs
from receivables.permissions.counter import can_count, can_see_handovers, can_use_counter
from receivables.querysets.counter import DayInHand, days_in_hand, people_meant, slip_no_of
from receivables.querysets.custody import money_in_hand
from receivables.services import CashDiffers, CounterRefused, handover_count
from receivables.services.counter import handover_subject
from receivables.views.refusals import status_of


@require_GET
def counter(request: HttpRequest) -> HttpResponse:
    """One box: a slip scanned or typed, a number or a name leads to who brings money."""
    require(can_use_counter(request.user))
    typed = request.GET.get("q", "")
    found = people_meant(typed)
    if len(found) == 1:
        return redirect("counter_person", employee_no=found[0].employee_no)
    context = {
        "tabs": counter_tabs(request),
        "typed": slip_no_of(typed)[:60],
        "found": found,
        "waiting": money_in_hand() if not typed else [],
    }
    return render(request, "receivables/counter.html", context)


@require_http_methods(["GET", "POST"])
def counter_person(request: HttpRequest, employee_no: str) -> HttpResponse:
    """All that somebody has in hand, ticked; the cash by notes; handed in, or told why not."""
    require(can_use_counter(request.user))
    person = get_object_or_404(Person.objects.visible_to(request.user), employee_no=employee_no)
    require(can_count(request.user, person))
    if request.method != "POST":
        return _page(request, person, CountForm())
    form = CountForm(request.POST)
    if not form.is_valid():
        return _page(request, person, form)
    try:
        counted = handover_count(
            actor=request.user,
            person=person,
            payments=form.cleaned_data["payments"],
            denominations=form.denominations,
            token=form.cleaned_data["token"],
            seen=form.cleaned_data["seen"],
        )
    except CashDiffers as differs:
        form.add_error(None, str(differs))
        return _page(request, person, form, differs=differs)
    except CounterRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, person, form, status=status_of(refusal))
    messages.success(request, _("Handed in."))
    return redirect("handover", pk=counted.pk)


def _page(
    request: HttpRequest,
    person: Person,
    form: CountForm,
    *,
    differs: CashDiffers | None = None,
    status: int = 0,
) -> HttpResponse:
    days = days_in_hand(person)
    form.needs_fen = form.is_bound or _has_fen(days)
    ticked = set(request.POST.getlist("payments")) if form.is_bound else None
    missing = Discrepancy.objects.unsettled().filter(handover__person=person, amount__lt=0)
    context = {
        "person": person,
        "form": form,
        "days": days,
        "held": total(day.sum for day in days),
        "ticked": _ticked(days, ticked),
        "has_cash": any(each.method == "cash" for day in days for each in day.payments),
        "differs": differs,
        "missing": list(missing.filter(brought=None)),
    }
    status = status or (400 if form.errors else 200)
    return render(request, "receivables/counter_person.html", context, status=status)


def _has_fen(days: Sequence[DayInHand]) -> bool:
    return any(each.net % Decimal("0.1") for day in days for each in day.payments)


def _ticked(days: Sequence[DayInHand], ticked: set[str] | None) -> set[int]:
    """All of it at first; then as it was sent."""
    ids = (each.pk for day in days for each in day.payments)
    return {pk for pk in ids if ticked is None or str(pk) in ticked}


@require_GET
def handovers(request: HttpRequest) -> HttpResponseBase:
    """The handovers one may see, the latest first."""
    require(can_see_handovers(request.user))
    return list_page(request, HandoverList)


@require_GET
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a handover, to read and to print, and what is still held."""
    seen = Handover.objects.visible_to(request.user)
    row = get_object_or_404(
        seen.select_related("person", "counted_by__person", "sheet", "discrepancy"), pk=pk
    )
    payments = list(
        row.payments.select_related("slip").order_by("slip__slip_no", "received_at", "id")
    )
    context = {
        "handover": row,
        "payments": payments,
        "difference": getattr(row, "discrepancy", None),
        "held": total(each.amount for each in money_in_hand([row.person])),
        "can_go_on": can_use_counter(request.user),
        "changed_as": [handover_subject(row)],
    }
    return render(request, "receivables/handover.html", context)
