"""The pool of a month, for everybody (ATT-3)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from attendance.permissions.fines import can_see_pool
from attendance.pool_shown import pool_shown
from core import clock
from core.db import read_snapshot
from core.months import Month
from core.permissions import require
from policy.clauses import clause_of


@require_GET
def pool(request: HttpRequest) -> HttpResponse:
    """This month's."""
    return _page(request, Month.of(clock.today()))


@require_GET
def pool_of_month(request: HttpRequest, month: Month) -> HttpResponse:
    """Another month's."""
    if month > Month.of(clock.today()):
        raise Http404
    return _page(request, month)


def _page(request: HttpRequest, month: Month) -> HttpResponse:
    require(can_see_pool(request.user))
    user: Any = request.user
    with read_snapshot():
        shown = pool_shown(month)
    clean = {person.pk for person in shown.clean}
    context = {
        "pool": shown,
        "month": month,
        "previous": month.previous(),
        "next": month.next() if month < Month.of(clock.today()) else None,
        "is_asked": user.has_role("salesperson"),
        "is_clean": user.person_id in clean,
        "clauses": [clause_of("ATT-3")],
    }
    return render(request, "attendance/pool.html", context)
