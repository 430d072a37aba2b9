"""The month's page of collections: before its cutoff what is still outside, after it what stood
(CUT-1 to CUT-3)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from core import clock
from core.lists import is_fragment, list_page
from core.models import JobRun
from core.money import total
from core.months import CollectionMonth, Month
from core.navigation import due_tabs
from core.permissions import require
from payroll.models import PayMonth
from payroll.permissions import can_close, can_see_jobs
from payroll.statements import rule_title
from policy.clauses import clause_of
from policy.querysets import policy_book
from receivables.lists.cutoff import SnapshotList
from receivables.permissions.cutoff import can_correct_receipt, can_see_cutoff
from receivables.querysets.at_cutoff import (
    bounds_now,
    close_of,
    fines,
    outside,
    over_cutoff,
    trend,
)
from receivables.querysets.months import collection_month_of
from receivables.views.charting import trend_chart


@require_GET
def cutoff(request: HttpRequest) -> HttpResponse:
    """The collection month that runs."""
    require(can_see_cutoff(request.user))
    return redirect("cutoff_month", month=collection_month_of(clock.now(), policy_book()))


@require_GET
def cutoff_month(request: HttpRequest, month: Month) -> HttpResponseBase:
    """A month's countdown and checklist, or what its cutoff came to."""
    require(can_see_cutoff(request.user))
    bounds = bounds_now(month)
    if clock.now() > bounds.cutoff:
        if request.headers.get("HX-Target") == "cutoff-board":  # it has passed meanwhile
            return HttpResponse(headers={"HX-Refresh": "true"})
        return list_page(request, SnapshotList, **_passed(request, month, bounds))
    rows = outside(request.user)
    context = {
        "month": month,
        "bounds": bounds,
        "rows": rows,
        "in_hand": total(row.in_hand for row in rows),
        "slips": sum(row.slips for row in rows),
        "differences": sum(row.differences for row in rows),
        "has_begun": clock.now() > bounds.after,
    }
    if is_fragment(request):
        return render(request, "receivables/_cutoff_board.html", context)
    return render(request, "receivables/cutoff.html", {**context, **_around(request, month)})


@require_GET
def cutoff_close(request: HttpRequest, month: Month) -> HttpResponse:
    """How far the close at a cutoff is. Asks for itself until it is done, then the page is
    renewed."""
    require(can_see_cutoff(request.user))
    require(can_see_jobs(request.user))
    bounds = bounds_now(month)
    close = _close(month, bounds)
    if is_fragment(request) and close["is_closed"] and not close["is_live"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "receivables/_cutoff_close.html", {"month": month, **close})


def _close(month: Month, bounds: CollectionMonth) -> dict[str, Any]:
    pay_month = PayMonth.objects.filter(month=month).first()
    as_of = pay_month.closed_as_of if pay_month else None
    is_closed = as_of is not None and as_of >= bounds.cutoff
    run = close_of(bounds)
    if run and run.state == JobRun.State.FAILED and is_closed:
        run = None  # another did what it could not
    return {
        "pay_month": pay_month,
        "is_closed": is_closed,
        "run": run,
        # One that is still to begin is awaited, one that failed is begun by somebody.
        "is_live": run.is_under_way if run else not is_closed,
    }


def _around(request: HttpRequest, month: Month) -> dict[str, Any]:
    months = trend(request.user, month)
    return {
        "tabs": due_tabs(request),
        "previous": month.previous(),
        "next": month.next(),
        "trend": months,
        "chart": trend_chart(months) if len(months) > 1 else None,
        "clause": clause_of("CUT-2"),
    }


def _passed(request: HttpRequest, month: Month, bounds: CollectionMonth) -> dict[str, Any]:
    user: Any = request.user
    return {
        "month": month,
        "bounds": bounds,
        "over": over_cutoff(user, bounds),
        "fines": fines(user, month),
        "fine_title": rule_title("CUT-2"),
        "may_correct": can_correct_receipt(user),
        "can_close": can_close(user, month),
        "sees_close": can_see_jobs(user),
        **_close(month, bounds),
        **_around(request, month),
    }
