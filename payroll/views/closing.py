"""Closing a month with its progress, and making it final."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.jobs import job_request
from core.money import total
from core.months import Month
from core.permissions import require
from core.templatetags.house import month_name
from payroll.models import PayMonth
from payroll.permissions import can_close, can_final, can_see_months
from payroll.querysets import statement_lines
from payroll.services import CannotFinal
from payroll.services import month_final as make_final
from payroll.sums import sums_of
from payroll.views.months import last_run


@require_POST
def month_close(request: HttpRequest, month: Month) -> HttpResponse:
    """Ask for a close; while one is under way, asking again changes nothing."""
    require(can_close(request.user, month))
    job_request(kind="close", subject=str(month), actor=request.user)
    return redirect("month", month=month)


@require_GET
def month_progress(request: HttpRequest, month: Month) -> HttpResponse:
    """How far the close is. Asks for itself again until it is done, then the page renews itself."""
    require(can_see_months(request.user))
    run = last_run(month)
    context = {"month": month, "run": run}
    response = render(request, "payroll/_progress.html", context)
    if run and not run.is_under_way:
        response["HX-Trigger"] = "month-changed"
    return response


@require_http_methods(["GET", "POST"])
def month_final(request: HttpRequest, month: Month) -> HttpResponse:
    """Say what final means for this month and ask once more; POST does it."""
    require(can_final(request.user))
    if request.method == "POST":
        return _final(request, month)
    pay_month = PayMonth.objects.filter(month=month).first()
    if pay_month is None or pay_month.state != PayMonth.State.CLOSED:
        return redirect("month", month=month)
    lines = statement_lines(month).values()
    context = {
        "month": month,
        "paid": sums_of(by_rule for by_rule in lines if total(by_rule.values()) > 0),
        "owing": sums_of(by_rule for by_rule in lines if total(by_rule.values()) < 0),
    }
    template = (
        "payroll/_final_ask.html" if request.headers.get("HX-Request") else "payroll/final.html"
    )
    return render(request, template, context)


def _final(request: HttpRequest, month: Month) -> HttpResponse:
    try:
        make_final(month=month, actor=request.user)
    except CannotFinal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("%(month)s is final. What is due can be paid out.") % {"month": month_name(month)},
        )
    return redirect("month", month=month)
