"""The statements of a month, and a person's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import Person
from core import clock
from core.lists import list_page
from core.months import Month
from core.permissions import require
from core.tables.naming import table_name
from core.tables.writing import to_csv, to_xlsx
from payroll.lists import StatementList
from payroll.models import PayMonth
from payroll.permissions import can_see_months
from payroll.querysets import pay_visible_people
from payroll.reviewing import Change, changed_since_acknowledged, digest_of_lines
from payroll.rules.appeals import Window
from payroll.services import review_subject, statement_read
from payroll.statement_file import statement_columns, statement_file_rows
from payroll.statements import Line, Statement, rule_title, statement_of
from payroll.views.exporting import exported, file_response


@require_GET
def statements(request: HttpRequest, month: Month) -> HttpResponseBase:
    """One row a person: search, filter, sort, page; the sums are of all rows found."""
    require(can_see_months(request.user))
    return list_page(request, StatementList, month=month)


@require_GET
def statement(request: HttpRequest, month: Month, employee_no: str) -> HttpResponse:
    """A person's statement; another's than one may see is not there."""
    person = get_object_or_404(pay_visible_people(request.user), employee_no=employee_no)
    found = statement_of(person, month, request.user)
    if not found.groups and not person.has_role("salesperson"):
        raise Http404
    is_own: bool = request.user.person_id == person.pk  # type: ignore[union-attr]
    context = {
        "statement": found,
        "month": month,
        "is_own": is_own,
        "review": _review(found) if is_own else None,
        "can_see_months": can_see_months(request.user),
        "changed_as": review_subject(month, person) if found.pay_month else "",
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


@dataclass(frozen=True, slots=True)
class OwnReview:
    """How far somebody is with the own draft, and what there is to acknowledge."""

    window: Window
    is_over: bool
    acknowledged_at: datetime | None
    changes: Sequence[tuple[str, Change]]
    open_appeals: int
    digest: str

    @property
    def stands(self) -> bool:
        """Whether what was acknowledged is what the statement says."""
        return self.acknowledged_at is not None and not self.changes


def _review(found: Statement) -> OwnReview | None:
    """The own draft, once it stands; opening it is kept as having read it (PAY-2)."""
    draft = found.pay_month
    window = draft.window if draft else None
    if draft is None or window is None or draft.is_final:
        return None
    kept = statement_read(month=found.month, person=found.person)
    changes: list[Change] = []
    if kept.acknowledged_at:
        changed = changed_since_acknowledged(found.month, [found.person.pk])
        changes = changed.get(found.person.pk, [])
    lines = [line for group in found.groups for line in group.lines if isinstance(line, Line)]
    return OwnReview(
        window=window,
        is_over=window.is_over(clock.now()),
        acknowledged_at=kept.acknowledged_at,
        changes=[(rule_title(each.rule), each) for each in changes],
        open_appeals=sum(bool(line.appeal and line.appeal.is_undecided) for line in lines),
        digest=digest_of_lines(
            (line.entry.for_month, line.entry.key, line.amount) for line in lines
        ),
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
