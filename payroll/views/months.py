"""The months, and the page of one month."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.querysets import logins_attach
from core import clock
from core.converters import is_near
from core.forms import FactsForm
from core.models import JobRun
from core.months import Month
from core.permissions import require
from core.tables import exports
from core.tables.naming import label_of
from core.tables.writing import Export
from payroll.facts import facts_of
from payroll.models import Finding, PayMonth
from payroll.permissions import (
    can_close,
    can_export,
    can_final,
    can_load,
    can_see_months,
    can_see_payout,
)
from payroll.querysets import counted_findings, pay_visible_people, sees_all_pay
from payroll.statements import month_sums
from payroll.sums import sums_of_month

# Written out, as it is asked with every page of a month and every second of a close.
LAST_RUN = """
    SELECT * FROM core_jobrun WHERE kind = 'close' AND subject = %s ORDER BY id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the list: how far it is, and what its statements come to."""

    month: Month
    pay_month: PayMonth | None
    people: int
    total: Decimal | None


@require_GET
def months(request: HttpRequest) -> HttpResponse:
    """Every month of the books, the current one and the one before; `?month=` goes to another."""
    require(can_see_months(request.user))
    if (wanted := request.GET.get("month")) is not None:
        return _go_to(request, wanted)
    return render(request, "payroll/months.html", {"rows": _month_rows(request.user)})


def _go_to(request: HttpRequest, wanted: str) -> HttpResponse:
    try:
        month = Month.parse(wanted)
    except ValidationError as error:
        reason = error.messages[0]
    else:
        if is_near(month):
            return redirect("month", month=month)
        reason = _("%(month)s is too far away") % {"month": month}
    context = {"rows": _month_rows(request.user), "wanted": wanted[:10], "reason": reason}
    return render(request, "payroll/months.html", context, status=400)


def _month_rows(user: Any) -> list[MonthRow]:
    known = {pay_month.month: pay_month for pay_month in PayMonth.objects.all()}
    current = Month.of(clock.today())
    sums = month_sums(None if sees_all_pay(user) else pay_visible_people(user))
    listed = sorted({*known, current, current.previous()}, reverse=True)
    return [MonthRow(month, known.get(month), *sums.get(month, (0, None))) for month in listed]


@require_GET
def month_page(request: HttpRequest, month: Month) -> HttpResponse:
    """Facts, what is wrong with them, the close, final, and what can be taken out."""
    require(can_see_months(request.user))
    return render(request, "payroll/month.html", month_context(request, month))


def month_context(request: HttpRequest, month: Month) -> dict[str, Any]:
    user: Any = request.user
    pay_month = PayMonth.objects.filter(month=month).first()
    facts = facts_of(month)
    may_close = can_close(user, month)
    run = last_run(month) if may_close else None
    logins_attach(
        (pay_month, "final_by"),
        (run, "requested_by"),
        *((table.load, "actor") for table in facts.wrong),
    )
    # Whoever comes here sees the same people in both respects: their pay, and what was found.
    seen = pay_visible_people(user)
    sums, duties = sums_of_month(month, seen)
    findings = Finding.objects.filter(month=month)
    if not sees_all_pay(user):
        findings = findings.filter(person__in=seen)
    return {
        "month": month,
        "changed_as": [f"month {month}", f"job close {month}"],
        "pay_month": pay_month,
        "facts": facts,
        "run": run,
        "sums": sums,
        "findings": findings.to_decide().values(
            "person__employee_no", "person__name", "days", "rule"
        ),
        "counted_findings": counted_findings(findings),
        "duties": duties,
        "exports": [_download(month, export) for export in exports().values()],
        "form": FactsForm(),
        "can_load": can_load(user),
        "can_close": may_close,
        "can_final": can_final(user),
        "can_export": can_export(user),
        "can_see_payout": can_see_payout(user),
        "is_over": month.last_day < clock.today(),
    }


def _download(month: Month, export: Export) -> tuple[str, str, str]:
    """What a table of the month is called, and where its files are."""
    xlsx = reverse("month_export", args=[month, export.name, "xlsx"])
    return label_of(export), xlsx, f"{xlsx.removesuffix('xlsx')}csv"


def last_run(month: Month) -> JobRun | None:
    """The latest close that was asked for in the browser."""
    return next(iter(JobRun.objects.raw(LAST_RUN, [str(month)])), None)
