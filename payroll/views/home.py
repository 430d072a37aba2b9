"""Where somebody who signs in lands."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from core import clock
from core.months import Month
from core.navigation import items
from payroll.models import PayMonth
from payroll.permissions import can_see_months


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The months for whoever works on them, the latest statement for a salesperson, for others the
    first page of their menu."""
    user: Any = request.user
    if can_see_months(user):
        return redirect("months")
    if user.has_role("salesperson"):
        return redirect("my_statement")
    for item in items(user):
        return redirect(item.url)
    return render(request, "payroll/nothing_here.html")


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
