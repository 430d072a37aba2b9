"""The versions of the policy, and any two of them beside each other (POL-1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock
from core.permissions import require
from policy.listing import choices, version_rows, with_clauses
from policy.permissions import can_draft, can_see_versions
from policy.querysets import drafts_open
from policy.versions import difference


@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Drafts that wait, then the versions with what each changed and who put it in force."""
    require(can_see_versions(request.user))
    rows = version_rows(clock.today())
    context = {
        "drafts": drafts_open().select_related("made_by__person"),
        "versions": [(row, with_clauses(row.changes)) for row in rows],
        "can_draft": can_draft(request.user),
        "is_given": not any(row.state == "now" for row in rows),
    }
    return render(request, "policy/versions.html", context)


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """What differs between any two versions or drafts. Unknown ones are taken kindly."""
    require(can_see_versions(request.user))
    known = choices()
    by_key = {choice.key: choice for choice in known}
    after = by_key.get(request.GET.get("after", ""), known[-1])
    before = by_key.get(request.GET.get("before", ""), known[max(known.index(after) - 1, 0)])
    context = {
        "choices": known,
        "before": before,
        "after": after,
        "changes": with_clauses(difference(before.policy, after.policy)),
    }
    return render(request, "policy/compare.html", context)
