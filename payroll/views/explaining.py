"""Why a line stands: clause, arithmetic, policy, evidence and history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core.lists import is_fragment
from core.tables.naming import table_name
from payroll.explaining import explain
from payroll.models import Entry, Waiver
from policy.labels import figures


@require_GET
def entry_why(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything behind an entry, as a part of the statement or as a page of its own."""
    seen = Entry.objects.visible_to(request.user)
    entry = get_object_or_404(seen.select_related("person"), pk=pk)
    found = explain(entry)
    history = seen.filter(key=entry.key).select_related("posted_by__person").order_by("id")
    context = {
        "entry": entry,
        "charge": f"charge {entry.key}",
        "why": found,
        "figures": figures(found.parameters),
        "evidence": [(table_name(line.table), line) for line in found.evidence],
        "history": history,
        "waiver": Waiver.objects.filter(key=entry.key, withdrawn_at=None).first(),
    }
    template = "payroll/_why.html" if is_fragment(request) else "payroll/why.html"
    return render(request, template, context)
