"""More absent days than the regulation bears: the evidence, and what people decide (ATT-5)."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from attendance.charges.days import PersonMonth
from attendance.forms.fines import AbsenceForm
from attendance.incidents import judged
from attendance.models import AbsenceDecision
from attendance.permissions.fines import can_decide_absence, can_see_absence
from attendance.services.absence import absence_decide
from attendance.services.refusals import AttendanceRefused
from core.months import Month
from core.permissions import require
from payroll.models import Finding
from policy.clauses import clause_of
from policy.querysets import policy_book

SHOWN = 200
AbsentDay = tuple[date, list[str], bool, list[str]]


def _days(month: PersonMonth) -> list[AbsentDay]:
    """Each absent day: its halves, whether it is whole, what it rests on (a leave, or nothing)."""
    return [
        (day, sorted(halves), len(halves) == 2, sorted(set(halves.values())))
        for day, halves in sorted(month.absences.items())
    ]


@require_GET
def absences(request: HttpRequest) -> HttpResponse:
    """Every finding, the latest month first, each with the last decision on it."""
    require(can_see_absence(request.user))
    last = AbsenceDecision.objects.filter(
        person=OuterRef("person"), month=OuterRef("month")
    ).order_by("-number")
    findings = (
        Finding.objects.filter(rule="ATT-5")
        .select_related("person")
        .annotate(decided=Subquery(last.values("kind")[:1]))
        .order_by("-month", "person__employee_no")
    )
    kinds = dict(AbsenceDecision.Kind.choices)
    rows = [(row, kinds.get(row.decided, "")) for row in findings[:SHOWN]]
    context = {"rows": rows, "clauses": [clause_of("ATT-5")]}
    return render(request, "attendance/absences.html", context)


@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest, month: Month, employee_no: str) -> HttpResponse:
    """A finding: each absent day and what it rests on, what was decided, and what now."""
    require(can_see_absence(request.user))
    findings = Finding.objects.filter(rule="ATT-5").select_related("person")
    finding = get_object_or_404(findings, month=month, person__employee_no=employee_no)
    person: Any = finding.person
    decisions = list(
        AbsenceDecision.objects.filter(person=person, month=month)
        .select_related("decided_by__person")
        .order_by("-number")
    )
    deciding = can_decide_absence(request.user, person)
    form = AbsenceForm(request.POST or None, initial={"number": len(decisions) + 1})
    if request.method == "POST":
        require(deciding)
        if form.is_valid():
            try:
                absence_decide(person=person, month=month, actor=request.user, **form.cleaned_data)
            except AttendanceRefused as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("The decision is recorded."))
            return redirect("absence", month=month, employee_no=employee_no)
    found = judged(month, [person], alone=person).months.get(person.employee_no)
    context = {
        "finding": finding,
        "person": person,
        "month": month,
        "limit": policy_book().on(month.last_day).absence_dismissal_days,
        "days": _days(found) if found else [],
        "decisions": decisions,
        "deciding": deciding,
        "form": form,
        "clause": clause_of("ATT-5"),
    }
    return render(request, "attendance/absence.html", context, status=400 if form.errors else 200)
