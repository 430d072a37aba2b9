"""The company's telephone scripts: read by whoever calls, written by the manager (S6.18)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.permissions import require
from customers.forms.calls import ScriptForm, StepFormSet
from customers.models import CallScript
from customers.navigation.calls import call_tabs
from customers.permissions.calls import can_see_calls, can_write_scripts
from customers.services import VisitRefused, script_write
from policy.clauses import clause_of

SHOWN = 10  # versions of before


@require_GET
def call_scripts(request: HttpRequest) -> HttpResponse:
    """The scripts in force, and the versions of before."""
    require(can_see_calls(request.user))
    context = {
        "scripts": [_versions(purpose, label) for purpose, label in CallScript.Purpose.choices],
        "can_write": can_write_scripts(request.user),
        "tabs": call_tabs(request),
        "clauses": [clause_of("VIS-4")],
    }
    return render(request, "customers/call_scripts.html", context)


def _versions(purpose: str, label: Any) -> dict[str, Any]:
    rows = CallScript.objects.filter(purpose=purpose).select_related("written_by__person")
    found = list(rows.order_by("-number")[: SHOWN + 1])
    return {
        "purpose": purpose,
        "label": label,
        "script": found[0] if found else None,
        "before": found[1:],
    }


@require_http_methods(["GET", "POST"])
def call_script(request: HttpRequest, purpose: str) -> HttpResponse:
    """Write a script anew."""
    require(can_write_scripts(request.user))
    if purpose not in CallScript.Purpose.values:
        raise Http404
    latest = CallScript.objects.in_force(purpose)
    form = ScriptForm(request.POST or None, initial={"seen": latest.number if latest else 0})
    steps = _steps(request, latest)
    if request.method == "POST" and _written(request, purpose, form, steps):
        messages.success(request, _("Kept: from the next call on it is the script."))
        return redirect("call_scripts")
    context = {
        "form": form,
        "steps": steps,
        "label": CallScript.Purpose(purpose).label,
        "clauses": [clause_of("VIS-4")],
    }
    return render(
        request, "customers/call_script.html", context, status=400 if form.is_bound else 200
    )


def _steps(request: HttpRequest, latest: CallScript | None) -> Any:
    """The steps as they are, or as they were sent: these are compared with nothing, or a step that
    was left as it is would be none."""
    if request.method == "POST":
        return StepFormSet(request.POST, prefix="steps")
    now = [{"title": title, "text": text} for title, text in latest.steps] if latest else []
    return StepFormSet(initial=now, prefix="steps")


def _written(request: HttpRequest, purpose: str, form: ScriptForm, steps: Any) -> bool:
    if not (form.is_valid() and steps.is_valid()):
        return False
    given = [each.cleaned_data for each in steps]
    said = [(step.get("title", ""), step.get("text", "")) for step in given]
    try:
        script_write(
            purpose=purpose, steps=said, seen=form.cleaned_data["seen"], actor=request.user
        )
    except VisitRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
