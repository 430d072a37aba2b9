"""The statements of a month, and a person's."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import Person
from core.lists import PER_PAGE, arrange, first_row, is_fragment
from core.months import Month
from core.permissions import require
from core.tables.naming import table_name
from core.tables.writing import to_csv, to_xlsx
from payroll.filters import PeopleFilter
from payroll.models import PayMonth
from payroll.permissions import can_see_months
from payroll.querysets import pay_visible_people
from payroll.statement_file import statement_columns, statement_file_rows
from payroll.statements import Statement, statement_of
from payroll.tables import StatementsData, StatementTable
from payroll.views.exporting import exported, file_response


@require_GET
def statements(request: HttpRequest, month: Month) -> HttpResponse:
    """One row a person: search, filter, sort, page; the sums are of all rows found."""
    require(can_see_months(request.user))
    people_filter = PeopleFilter(request.GET or None, queryset=pay_visible_people(request.user))
    found = StatementsData(month, people_filter.qs, first=first_row(request), count=PER_PAGE)
    context = {
        "month": month,
        "pay_month": PayMonth.objects.filter(month=month).first(),
        "filter": people_filter,
        "is_filtered": any(request.GET.get(name) for name in ("q", "team")),
        "table": arrange(request, StatementTable(found)),
        "sums": found.found.sums,
    }
    template = (
        "payroll/_statements_found.html" if is_fragment(request) else "payroll/statements.html"
    )
    return render(request, template, context)


@require_GET
def statement(request: HttpRequest, month: Month, employee_no: str) -> HttpResponse:
    """A person's statement; another's than one may see is not there."""
    person = get_object_or_404(pay_visible_people(request.user), employee_no=employee_no)
    found = statement_of(person, month, request.user)
    if not found.groups and not person.has_role("salesperson"):
        raise Http404
    context = {
        "statement": found,
        "month": month,
        "is_own": request.user.person_id == person.pk,  # type: ignore[union-attr]
        "can_see_months": can_see_months(request.user),
        **_neighbours(found, person),
    }
    return render(request, "payroll/statement.html", context)


@require_GET
def statement_export(
    request: HttpRequest, month: Month, employee_no: str, ending: str
) -> HttpResponseBase:
    """A statement as a file: the lines of the page. That it was taken is kept."""
    person = get_object_or_404(pay_visible_people(request.user), employee_no=employee_no)
    found = statement_of(person, month, request.user)
    if not found.groups:
        raise Http404
    columns, rows = statement_columns(), statement_file_rows(found)
    title = table_name("statements")
    content = to_xlsx(title, columns, rows) if ending == "xlsx" else to_csv(columns, rows)
    answer = file_response(
        content,
        name=f"statement-{month}-{person.pk}",
        shown=f"{title} {month} {person.employee_no}",
        ending=ending,
    )
    no = person.employee_no
    return exported(
        request, answer, kind="statement", subject=f"{no} {month}", about=no, ending=ending
    )


def _neighbours(found: Statement, person: Person) -> dict[str, Month | None]:
    """The closed months before and after in which the person can have a statement."""
    closed = (
        PayMonth.objects.exclude(state=PayMonth.State.OPEN)
        .filter(month__gte=Month.of(person.hired_on))
        .order_by("month")
        .values_list("month", flat=True)
    )
    months = list(closed)
    return {
        "previous": max((m for m in months if m < found.month), default=None),
        "following": min((m for m in months if m > found.month), default=None),
    }
