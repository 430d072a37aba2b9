"""Why a line stands: clause, arithmetic, policy, evidence and history."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core.lists import is_fragment
from core.panels import panels_of
from core.tables.naming import table_name
from payroll.explaining import explain
from payroll.models import Appeal, Entry, PayMonth, Waiver
from payroll.permissions import can_object, can_waive
from policy.labels import figures


@require_GET
def entry_why(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything behind an entry, as a part of the statement or as a page of its own."""
    user: Any = request.user
    seen = Entry.objects.decidable_by(user)
    entry = get_object_or_404(seen.select_related("person"), pk=pk)
    context = {**why_context(entry), **_what_can_be_done(user, entry)}
    template = "payroll/_why.html" if is_fragment(request) else "payroll/why.html"
    return render(request, template, context)


def why_context(entry: Entry) -> dict[str, Any]:
    """What `_why.html` shows of an entry that somebody may see: three queries."""
    found = explain(entry)
    history = Entry.objects.filter(key=entry.key, person=entry.person_id)
    return {
        "entry": entry,
        "changed_as": f"charge {entry.key}",
        "why": found,
        "figures": figures(found.parameters),
        "evidence": [(table_name(line.table), line) for line in found.evidence],
        "history": history.select_related("posted_by__person").order_by("id"),
        "waiver": Waiver.objects.filter(key=entry.key, withdrawn_at=None).first(),
    }


def is_standing(entry: Entry) -> bool:
    """Whether an entry is posted and has not been taken back."""
    return Entry.objects.standing().filter(pk=entry.pk).exists()


def _what_can_be_done(user: Any, entry: Entry) -> dict[str, Any]:
    appeals = Appeal.objects.visible_to(user).filter(for_month=entry.for_month, key=entry.key)
    is_own = user.person is not None and user.person_id == entry.person_id
    objecting = None
    if is_own:
        pay_month = PayMonth.objects.filter(month=entry.pay_month).first()
        objecting = can_object(user, entry, pay_month)
    stands = is_standing(entry)
    return {
        "acts": True,
        "stands": stands,
        "panels": panels_of("charge", user, key=entry.key) if stands else [],
        "appeal": appeals.order_by("-id").first(),
        "objecting": objecting,
        "can_waive": can_waive(user, entry),
    }
