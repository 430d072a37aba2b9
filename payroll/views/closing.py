"""Closing a month with its progress, and making it final."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.jobs import job_request
from core.money import total
from core.months import Month
from core.permissions import require
from core.templatetags.house import month_name
from payroll.forms import FinalForm
from payroll.models import FinalRequest, PayMonth
from payroll.permissions import (
    can_close,
    can_confirm_final,
    can_final,
    can_see_months,
)
from payroll.querysets import WORK_ON_BOOKS, statement_lines
from payroll.reviewing import MonthReview, final_asked, month_review
from payroll.rules.appeals import FinalRefusal, final_refusal
from payroll.services import CannotFinal, final_ask, final_confirm, final_drop
from payroll.services.final import early_says
from payroll.sums import sums_of
from payroll.views.months import last_run


@require_POST
def month_close(request: HttpRequest, month: Month) -> HttpResponse:
    """Ask for a close; while one is under way, asking again changes nothing."""
    require(can_close(request.user, month))
    user: Any = request.user
    said = user.in_place_of(*WORK_ON_BOOKS)
    job_request(kind="close", subject=str(month), actor=user, said=said)
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
    """Say what final means for this month, and who has still to be heard. One of finance and the
    manager asks by POST, the other confirms the same, or either lets it be (PAY-2)."""
    require(can_final(request.user))
    asked = final_asked(month)
    if request.method == "POST":
        return _final(request, month, asked)
    pay_month = PayMonth.objects.filter(month=month).first()
    if pay_month is None or pay_month.state != PayMonth.State.CLOSED:
        return redirect("month", month=month)
    lines = statement_lines(month).values()
    review = month_review(pay_month)
    context = {
        "month": month,
        "paid": sums_of(by_rule for by_rule in lines if total(by_rule.values()) > 0),
        "owing": sums_of(by_rule for by_rule in lines if total(by_rule.values()) < 0),
        "review": review,
        "early": early_says(review) if _is_early(review) else "",
        "asked": asked,
        "confirming": can_confirm_final(request.user, asked.asked_by) if asked else None,
        "form": FinalForm(),
    }
    template = (
        "payroll/_final_ask.html" if request.headers.get("HX-Request") else "payroll/final.html"
    )
    return render(request, template, context)


def _is_early(review: MonthReview) -> bool:
    refusal = final_refusal(
        open_appeals=0,
        window=review.window,
        waiting_for=review.waiting_for,
        early_reason="",
        now=clock.now(),
    )
    return refusal == FinalRefusal.WINDOW


def _final(request: HttpRequest, month: Month, asked: FinalRequest | None) -> HttpResponse:
    form = FinalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The reason is too long, or has characters that are none."))
        return redirect("month", month=month)
    seen = form.cleaned_data["asked"]
    try:
        if asked is None and seen is None:
            _ask(request, month, form.cleaned_data["early_reason"])
        elif asked is None or (seen is not None and seen != asked.pk):
            raise CannotFinal(_("%(month)s changed meanwhile; look again") % {"month": month})
        elif request.POST.get("do") == "drop":
            final_drop(asked=asked, actor=request.user)
            messages.success(request, _("It is not asked for any more."))
        elif seen is None:
            _asked_already(request, asked)
        else:
            require(can_confirm_final(request.user, asked.asked_by))
            _confirm(request, asked)
    except CannotFinal as refusal:
        messages.error(request, str(refusal))
    return redirect("month", month=month)


def _ask(request: HttpRequest, month: Month, early_reason: str) -> None:
    user: Any = request.user
    final_ask(month=month, early_reason=early_reason, actor=user)
    messages.success(
        request,
        _(
            "It is asked that %(month)s be final; finance and the manager do it together, and the "
            "other one confirms."
        )
        % {"month": month_name(month)},
    )


def _asked_already(request: HttpRequest, asked: FinalRequest) -> None:
    who: Any = asked.asked_by
    messages.info(
        request,
        _("%(who)s has asked for it already; look and confirm.") % {"who": who.get_full_name()},
    )


def _confirm(request: HttpRequest, asked: FinalRequest) -> None:
    final_confirm(asked=asked, actor=request.user)
    messages.success(
        request,
        _("%(month)s is final. What is due can be paid out.") % {"month": month_name(asked.month)},
    )
