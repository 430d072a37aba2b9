"""A draft against a closed month: asked for, followed while it runs, read person by person."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core.lists import arrange, is_fragment
from core.models import JobRun
from core.money import from_fen
from core.months import Month
from core.permissions import require
from core.services import audit
from core.tables.naming import column_names, in_chinese, label_of
from core.tables.writing import to_csv, to_xlsx
from payroll.explaining import filled
from payroll.simulation.exports import simulation_export as export
from payroll.simulation.filters import SimulationFilter
from payroll.simulation.models import PolicySimulation
from payroll.simulation.permissions import can_simulate
from payroll.simulation.services import KIND, CannotSimulate, simulation_request
from payroll.simulation.tables import SimulationTable
from payroll.views.exporting import BOM, XLSX
from policy.clauses import CLAUSES
from policy.listing import with_clauses
from policy.models import PolicyDraft
from policy.permissions import can_see_versions
from policy.versions import Change


@dataclass(frozen=True)
class RuleRow:
    """What a rule comes to for everybody, before and after, in yuan; for how many it differs."""

    rule: str
    before: Decimal
    after: Decimal
    people: int

    @property
    def difference(self) -> Decimal:
        return self.after - self.before

    @property
    def title(self) -> str:
        return _title(self.rule)


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
        return _title(self.rule)


def _title(rule: str) -> str:
    clause = CLAUSES.get(rule)
    if clause is None:
        return rule
    return clause.title_zh if in_chinese() else clause.title_en


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
def simulation(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; then totals by rule, and the people, the largest difference first."""
    found = _found(request, pk)
    if found.done_at is None:
        part, context = "payroll/simulation/_progress.html", _under_way(found)
    elif request.headers.get("HX-Target") == "progress":
        return HttpResponse(headers={"HX-Refresh": "true"})
    else:
        part, context = "payroll/simulation/_found.html", _result(request, found)
    whole = "payroll/simulation/simulation.html"
    return render(request, part if is_fragment(request) else whole, context)


def _under_way(found: PolicySimulation) -> dict[str, Any]:
    runs = JobRun.objects.filter(kind=KIND, subject=found.subject)
    return {"simulation": found, "run": runs.order_by("-id").first()}


def _result(request: HttpRequest, found: PolicySimulation) -> dict[str, Any]:
    rows = SimulationFilter(request.GET or None, queryset=found.rows.select_related("person"))
    said = (Change(name, "", value) for name, value in sorted(found.changes.items()))
    return {
        "simulation": found,
        "by_rule": [
            RuleRow(rule, from_fen(old), from_fen(new), people)
            for rule, (old, new, people) in found.by_rule.items()
            if people
        ],
        "changes": with_clauses(said),
        "filter": rows,
        "is_filtered": bool(request.GET.get("q")),
        "table": arrange(request, SimulationTable(rows.qs.defer("lines", "notes"))),
    }


@require_GET
def simulation_person(request: HttpRequest, pk: int, employee_no: str) -> HttpResponse:
    """One person's lines that differ: before, after, and the arithmetic of both."""
    found = _found(request, pk)
    row = get_object_or_404(found.rows.select_related("person"), person__employee_no=employee_no)
    context = {
        "simulation": found,
        "row": row,
        "lines": [_line(line) for line in row.lines],
        "notes": [{**note, "title": _title(note["rule"])} for note in row.notes],
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
def simulation_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """Every person of a simulation as a file, with headers in the reader's language."""
    found = _found(request, pk)
    if found.done_at is None:
        raise Http404
    audit(actor=request.user, action="export", subject=f"policysimulation {found}", changes={})
    columns, rows = column_names(export), export.rows(found)
    title = label_of(export)
    if ending == "xlsx":
        response = HttpResponse(to_xlsx(title, columns, rows), content_type=XLSX)
    else:
        response = HttpResponse(BOM + to_csv(columns, rows), content_type="text/csv; charset=utf-8")
    named = quote(f"{title} {found.month}.{ending}")
    response["Content-Disposition"] = (
        f"attachment; filename=\"simulation-{found.pk}.{ending}\"; filename*=UTF-8''{named}"
    )
    return response
