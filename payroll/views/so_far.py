"""This month so far: a statement that nobody has posted yet (PAY-2)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from accounts.models import Person
from core import clock
from core.lists import is_fragment
from core.months import Month
from core.panels import panels_of
from core.tables.naming import table_name
from payroll.explaining import explain
from payroll.models import PayMonth
from payroll.permissions import can_see_months
from payroll.preview import charge_of, preview_of
from payroll.querysets import pay_visible_people
from policy.labels import figures


@require_GET
def my_month(request: HttpRequest) -> HttpResponse:
    """One's own month so far."""
    user: Any = request.user
    if not user.has_role("salesperson"):
        raise Http404
    month = Month.of(clock.today())
    return redirect("so_far", month=month, employee_no=user.person.employee_no)


@require_GET
def so_far(request: HttpRequest, month: Month, employee_no: str) -> HttpResponse:
    """The month of somebody whose pay one may see, as a close right now would make it."""
    person = _person(request, month, employee_no)
    if PayMonth.objects.filter(month=month, state=PayMonth.State.FINAL).exists():
        return redirect("statement", month=month, employee_no=employee_no)
    context = {
        "preview": preview_of(person, month, clock.now()),
        "month": month,
        "is_own": request.user.person_id == person.pk,  # type: ignore[union-attr]
        "can_see_months": can_see_months(request.user),
    }
    template = "payroll/_so_far_figure.html" if is_fragment(request) else "payroll/so_far.html"
    return render(request, template, context)


@require_GET
def so_far_why(request: HttpRequest, month: Month, employee_no: str) -> HttpResponse:
    """Why a line of it would stand: the charge explained as an entry is."""
    person = _person(request, month, employee_no)
    charge = charge_of(person, month, clock.now(), request.GET.get("key", ""))
    if charge is None:
        raise Http404
    found = explain(charge)
    context = {
        "charge": charge,
        "entry": charge,
        "person": person,
        "month": month,
        "why": found,
        "figures": figures(found.parameters),
        "evidence": [(table_name(line.table), line) for line in found.evidence],
        "panels": panels_of("charge", request.user, key=charge.key),
    }
    template = "payroll/_why.html" if is_fragment(request) else "payroll/so_far_why.html"
    return render(request, template, context)


def _person(request: HttpRequest, month: Month, employee_no: str) -> Person:
    person = get_object_or_404(pay_visible_people(request.user), employee_no=employee_no)
    if not person.has_role("salesperson") or month.first_day > clock.today():
        raise Http404
    return person
