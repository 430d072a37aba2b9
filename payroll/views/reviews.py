"""Drafts acknowledged, and how far a month's people are with theirs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Person
from core.months import Month
from core.permissions import require
from payroll.models import PayMonth
from payroll.permissions import can_acknowledge, can_final
from payroll.querysets import pay_visible_people
from payroll.reviewing import final_asked, month_review
from payroll.services import CannotAcknowledge
from payroll.services import statement_acknowledge as acknowledge


@require_POST
def statement_acknowledge(request: HttpRequest, month: Month, employee_no: str) -> HttpResponse:
    """Acknowledge one's own draft, as it was shown."""
    user: Any = request.user
    person: Person = get_object_or_404(pay_visible_people(user), employee_no=employee_no)
    require(can_acknowledge(user, person))
    try:
        acknowledge(
            month=month, person=person, digest=request.POST.get("digest", "")[:64], actor=user
        )
    except CannotAcknowledge as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you: the statement is acknowledged."))
    return redirect("statement", month=month, employee_no=employee_no)


@require_GET
def month_objections(request: HttpRequest, month: Month) -> HttpResponse:
    """How many have acknowledged, what is open, and when the time to object ends."""
    require(can_final(request.user))
    pay_month = PayMonth.objects.filter(month=month).first()
    if pay_month is None:
        raise Http404
    context = {
        "month": month,
        "pay_month": pay_month,
        "review": month_review(pay_month),
        "asked": final_asked(month),
    }
    return render(request, "payroll/month_objections.html", context)
