"""A draft of the policy: begun, filled in, looked at, put in force or discarded (POL-1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.panels import panels_of
from core.permissions import require
from policy.forms import DraftForm, DraftStart
from policy.listing import chapter_of, clause_by_parameter, with_clauses
from policy.models import PolicyDraft
from policy.permissions import (
    can_change,
    can_discard,
    can_draft,
    can_put,
    can_see_versions,
    may_discard,
    may_put,
)
from policy.querysets import policy_book, policy_rows
from policy.rules import PolicyBook
from policy.services import (
    PolicyRefused,
    draft_change,
    draft_discard,
    draft_make,
    draft_put,
)
from policy.versions import Change, book_with, difference


def _found(request: HttpRequest, pk: int) -> PolicyDraft:
    require(can_see_versions(request.user))
    return get_object_or_404(
        PolicyDraft.objects.select_related("made_by__person", "decided_by__person"), pk=pk
    )


@require_http_methods(["GET", "POST"])
def draft_new(request: HttpRequest) -> HttpResponse:
    """Name and day; the figures come next."""
    require(can_draft(request.user))
    form = DraftStart(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = draft_make(actor=request.user, **form.cleaned_data)
        except PolicyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("policy_draft_edit", pk=draft.pk)
    return render(request, "policy/draft_new.html", {"form": form})


@require_GET
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """What a draft changes, and what may be done with it."""
    found = _found(request, pk)
    rows = policy_rows()
    before = PolicyBook.of(rows).on(found.effective_on)
    after = book_with(rows, found.changes, found.effective_on).on(found.effective_on)
    changes = (
        difference(before, after)
        if found.is_open
        else [Change(name, "", value) for name, value in found.changes.items()]
    )
    context = {
        "draft": found,
        "changes": with_clauses(changes),
        "can_change": can_change(request.user, found),
        "can_put": can_put(request.user, found),
        "can_discard": can_discard(request.user, found),
        "panels": panels_of("policy_draft", request.user, draft=found),
    }
    return render(request, "policy/draft.html", context)


@require_http_methods(["GET", "POST"])
def draft_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Every parameter with what counts now beside it; what differs is what the draft says."""
    found = _found(request, pk)
    require(can_change(request.user, found))
    form = DraftForm(
        request.POST or None,
        base=policy_book().on(found.effective_on),
        changes=found.changes,
        initial={
            "name": found.name,
            "effective_on": found.effective_on,
            "version": found.version,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            _change(request.user, found, form)
        except PolicyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is kept."))
            return redirect("policy_draft", pk=found.pk)
    context = {"draft": found, "form": form, "chapters": _by_chapter(form)}
    return render(request, "policy/draft_edit.html", context)


def _change(user: Any, found: PolicyDraft, form: DraftForm) -> None:
    draft_change(
        actor=user,
        draft=found,
        seen_version=form.cleaned_data["version"],
        name=form.cleaned_data["name"],
        effective_on=form.cleaned_data["effective_on"],
        changes=form.changes(),
    )


def _by_chapter(form: DraftForm) -> list[tuple[Any, list[tuple[Any, ...]]]]:
    """The inputs by chapter: name, input, what counts now, clause."""
    clauses = clause_by_parameter()
    found: dict[Any, list[tuple[Any, ...]]] = {}
    for name, field, now in sorted(
        form.parameters(), key=lambda each: list(clauses).index(each[0])
    ):
        clause = clauses[name]
        found.setdefault(chapter_of(clause), []).append((name, field, now, clause))
    return list(found.items())


@require_http_methods(["GET", "POST"])
def draft_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what it means and ask once more; POST does it, once."""
    found = _found(request, pk)
    if request.method == "GET":
        require(can_put(request.user, found))
        rows = policy_rows()
        before = PolicyBook.of(rows).on(found.effective_on)
        after = book_with(rows, found.changes, found.effective_on).on(found.effective_on)
        context = {"draft": found, "changes": with_clauses(difference(before, after))}
        return render(request, "policy/draft_put.html", context)
    require(may_put(request.user))
    return _decide(request, found, draft_put, _("The version is in force from its day on."))


@require_POST
def draft_give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard a draft; it stays on file."""
    found = _found(request, pk)
    require(may_discard(request.user))
    return _decide(request, found, draft_discard, _("The draft is discarded."))


def _decide(request: HttpRequest, found: PolicyDraft, service: Any, done: str) -> HttpResponse:
    seen = request.POST.get("version", "")
    try:
        service(
            actor=request.user,
            draft=found,
            seen_version=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0,
        )
    except PolicyRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("policy_draft", pk=found.pk)
