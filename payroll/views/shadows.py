"""A month in the shadow: reckoned as of an instant, held against the books, nothing posted."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core.jobs import job_request
from core.lists import list_page
from core.months import Month
from core.permissions import require
from core.tables.naming import column_names, table_name
from core.tables.writing import to_csv, to_xlsx
from payroll.exports import TOTAL
from payroll.exports import statements as statements_table
from payroll.forms import ShadowForm
from payroll.lists import ShadowList, shadow_rows_of, shadow_run_of
from payroll.models import Shadow
from payroll.permissions import can_close, can_see_months
from payroll.services import shadow_subject
from payroll.views.exporting import exported, file_response


@require_http_methods(["GET", "POST"])
def month_shadow(request: HttpRequest, month: Month) -> HttpResponseBase:
    """The latest shadow of the month; POST asks for another."""
    require(can_see_months(request.user))
    if request.method == "POST":
        require(can_close(request.user, month))
        return _ask(request, month)
    if request.headers.get("HX-Target") == "progress":
        return _progress(request, month)
    return list_page(request, ShadowList, month=month)


def _progress(request: HttpRequest, month: Month) -> HttpResponse:
    """How far it is; when it has come to its end, the page is renewed."""
    run = shadow_run_of(month)
    if run is None or not run.is_under_way:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "payroll/_shadow_progress.html", {"run": run, "month": month})


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


@require_GET
def shadow_export(request: HttpRequest, month: Month, ending: str) -> HttpResponseBase:
    """The shadow as the table of the statements."""
    require(can_see_months(request.user))
    shadow = Shadow.objects.filter(month=month).first()
    if shadow is None:
        raise Http404
    found = shadow_rows_of(shadow, request.user).select_related("person")
    found = found.order_by("person__employee_no")
    rows = (
        (row.person.employee_no, rule, amount)
        for row in found
        for rule, amount in sorted([*row.rules, (TOTAL, row.total)])
    )
    columns, title = column_names(statements_table), table_name("statements")
    content = to_xlsx(title, columns, rows) if ending == "xlsx" else to_csv(columns, rows)
    answer = file_response(
        content, name=f"shadow-{month}", shown=f"{title} {month} shadow", ending=ending
    )
    return exported(request, answer, kind="shadow", subject=f"{month}", ending=ending)
