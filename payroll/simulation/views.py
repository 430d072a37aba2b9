"""A draft against a closed month: asked for, followed while it runs, read person by person."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core.lists import is_fragment, list_page
from core.models import JobRun
from core.money import from_fen
from core.months import Month
from core.permissions import require
from core.tables.naming import column_names, label_of
from core.tables.writing import to_csv, to_xlsx
from payroll.explaining import filled
from payroll.simulation.exports import simulation_export as export
from payroll.simulation.lists import SimulationList
from payroll.simulation.models import PolicySimulation
from payroll.simulation.permissions import can_simulate
from payroll.simulation.services import KIND, CannotSimulate, simulation_request
from payroll.simulation.titles import rule_named
from payroll.views.exporting import exported, file_response
from policy.models import PolicyDraft
from policy.permissions import can_see_versions


@dataclass(frozen=True)
class LineRow:
    """A charge that differs, in yuan, with the arithmetic of both sides."""

    key: str
    rule: str
    before: Decimal | None
    after: Decimal | None
    on_pay: bool
    how_before: str
    how_after: str

    @property
    def title(self) -> str:
        return rule_named(self.rule)


@require_POST
def simulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a simulation; while the same is under way, that one is shown."""
    require(can_see_versions(request.user))
    draft = get_object_or_404(PolicyDraft, pk=pk)
    require(can_simulate(request.user))
    try:
        made = simulation_request(
            actor=request.user,
            draft=draft,
            month=Month.parse(request.POST.get("month", "")),
            whole_month=request.POST.get("since") != "own",
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    except CannotSimulate as refusal:
        messages.error(request, str(refusal))
    else:
        return redirect("simulation", pk=made.pk)
    return redirect("policy_draft", pk=draft.pk)


def _found(request: HttpRequest, pk: int) -> PolicySimulation:
    require(can_simulate(request.user))
    seen = PolicySimulation.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("draft", "requested_by__person"), pk=pk)


@require_GET
def simulation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far it is; then totals by rule, and the people, the largest difference first."""
    found = _found(request, pk)
    if found.done_at is None:
        part, whole = "payroll/simulation/_progress.html", "payroll/simulation/under_way.html"
        return render(request, part if is_fragment(request) else whole, _under_way(found))
    if request.headers.get("HX-Target") == "progress":
        return HttpResponse(headers={"HX-Refresh": "true"})
    return list_page(request, SimulationList, simulation=found)


def _under_way(found: PolicySimulation) -> dict[str, Any]:
    runs = JobRun.objects.filter(kind=KIND, subject=found.subject)
    return {"simulation": found, "run": runs.order_by("-id").first()}


@require_GET
def simulation_person(request: HttpRequest, pk: int, employee_no: str) -> HttpResponse:
    """One person's lines that differ: before, after, and the arithmetic of both."""
    found = _found(request, pk)
    row = get_object_or_404(found.rows.select_related("person"), person__employee_no=employee_no)
    context = {
        "simulation": found,
        "row": row,
        "lines": [_line(line) for line in row.lines],
        "notes": [{**note, "title": rule_named(note["rule"])} for note in row.notes],
    }
    return render(request, "payroll/simulation/person.html", context)


def _line(line: dict[str, Any]) -> LineRow:
    before, after = line["before"], line["after"]
    return LineRow(
        key=line["key"],
        rule=line["rule"],
        before=None if before is None else from_fen(before),
        after=None if after is None else from_fen(after),
        on_pay=line["on_pay"],
        how_before=filled(line["how_before"]) if line["how_before"] else "",
        how_after=filled(line["how_after"]) if line["how_after"] else "",
    )


@require_GET
def simulation_file(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """Every person of a simulation as a file, with headers in the reader's language; that it was
    taken is written down."""
    found = _found(request, pk)
    if found.done_at is None:
        raise Http404
    columns, rows = column_names(export), export.rows(found)
    title = label_of(export)
    content = to_xlsx(title, columns, rows) if ending == "xlsx" else to_csv(columns, rows)
    answer = file_response(
        content, name=f"simulation-{found.pk}", shown=f"{title} {found.month}", ending=ending
    )
    return exported(
        request, answer, kind="simulation", subject=f"policysimulation {found}", ending=ending
    )
