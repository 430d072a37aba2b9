"""One's own statement, from the menu."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from core import clock
from core.months import Month
from payroll.models import PayMonth


@require_GET
def my_statement(request: HttpRequest) -> HttpResponse:
    """One's own statement of the latest month that has any."""
    user: Any = request.user
    if not user.has_role("salesperson"):
        raise Http404
    return redirect("statement", month=latest_month(), employee_no=user.person.employee_no)


def latest_month() -> Month:
    closed = PayMonth.objects.exclude(state=PayMonth.State.OPEN).order_by("-month").first()
    return closed.month if closed else Month.of(clock.today())
