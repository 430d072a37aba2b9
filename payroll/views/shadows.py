"""A month in the shadow: reckoned as of an instant, held against the books, nothing posted."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.jobs import job_request
from core.models import JobRun
from core.months import Month
from core.permissions import require
from core.tables.naming import column_names, table_name
from core.tables.writing import to_csv, to_xlsx
from payroll.exports import TOTAL
from payroll.exports import statements as statements_table
from payroll.forms import ShadowForm
from payroll.models import Entry, PayMonth, Shadow, ShadowRow
from payroll.permissions import can_close, can_see_months
from payroll.querysets import pay_visible_people
from payroll.services import shadow_subject
from payroll.views.exporting import exported, file_response

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def month_shadow(request: HttpRequest, month: Month) -> HttpResponse:
    """The latest shadow of the month; POST asks for another."""
    require(can_see_months(request.user))
    may_ask = can_close(request.user, month)
    if request.method == "POST":
        require(may_ask)
        return _ask(request, month)
    shadow = Shadow.objects.filter(month=month).select_related("asked_by__person").first()
    page = Paginator(_rows(shadow, request.user), PER_PAGE).get_page(request.GET.get("page"))
    pay_month = PayMonth.objects.filter(month=month).first()
    is_closed = pay_month is not None and pay_month.closed_at is not None
    posted = _posted(month, [row.person_id for row in page]) if is_closed else {}
    runs = JobRun.objects.filter(kind="shadow", subject__startswith=f"{month} ")
    context = {
        "month": month,
        "pay_month": pay_month,
        "shadow": shadow,
        "page": page,
        "rows": [(row, posted.get(row.person_id, Decimal("0.00"))) for row in page],
        "is_closed": is_closed,
        "run": runs.order_by("-id").first(),
        "can_ask": may_ask,
        "form": ShadowForm(initial={"as_of": clock.local(clock.now()).replace(tzinfo=None)}),
    }
    return render(request, "payroll/shadow.html", context)


def _ask(request: HttpRequest, month: Month) -> HttpResponse:
    form = ShadowForm(request.POST)
    if not form.is_valid():
        for reasons in form.errors.values():
            messages.error(request, str(reasons[0]))
        return redirect("month_shadow", month=month)
    as_of = max(form.cleaned_data["as_of"], month.start)
    as_of = min(as_of, month.end + timedelta(days=366))
    job_request(kind="shadow", subject=shadow_subject(month, as_of), actor=request.user)
    return redirect("month_shadow", month=month)


def _rows(shadow: Shadow | None, user: Any) -> Any:
    rows = ShadowRow.objects.filter(shadow=shadow, person__in=pay_visible_people(user))
    return rows.select_related("person").order_by("person__employee_no")


def _posted(month: Month, people: list[int]) -> dict[int, Decimal]:
    """What the statements of these people come to in the books. One query."""
    found: dict[int, Decimal] = {}
    lines = Entry.objects.lines().filter(pay_month=month, person__in=people).order_by()
    moved = lines.values_list("person", "source").annotate(yuan=Sum("amount"))
    for person, source, yuan in moved:
        sofar = found.get(person, Decimal("0.00"))
        found[person] = sofar + (-yuan if source == "pay" else yuan)
    return found


@require_GET
def shadow_export(request: HttpRequest, month: Month, ending: str) -> HttpResponseBase:
    """The shadow as the table of the statements."""
    require(can_see_months(request.user))
    shadow = Shadow.objects.filter(month=month).first()
    if shadow is None:
        raise Http404
    rows = (
        (row.person.employee_no, rule, amount)
        for row in _rows(shadow, request.user)
        for rule, amount in sorted([*row.rules, (TOTAL, row.total)])
    )
    columns, title = column_names(statements_table), table_name("statements")
    content = to_xlsx(title, columns, rows) if ending == "xlsx" else to_csv(columns, rows)
    answer = file_response(
        content, name=f"shadow-{month}", shown=f"{title} {month} shadow", ending=ending
    )
    return exported(request, answer, kind="shadow", subject=f"{month}", ending=ending)
