"""Conflicts of projects: each side sees its own claim; who rules sees both (CUS-3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.confidential import opened
from core.files.querysets import files_of
from core.lists import list_page
from core.permissions import require
from core.services import audit_subject
from core.uploads import is_too_large
from customers.forms.projects import RuleForm, SayForm
from customers.lists.projects import ConflictList
from customers.models import Claim, Conflict
from customers.permissions.projects import can_rule, can_say, can_see_projects
from customers.services import claim_say, conflict_rule
from customers.services.conflicts import EVIDENCE
from customers.views.projecting import as_seen, done
from policy.clauses import clause_of


@require_GET
def conflicts(request: HttpRequest) -> HttpResponseBase:
    """The conflicts of which one sees a side."""
    require(can_see_projects(request.user))
    return list_page(request, ConflictList)


def _found(request: HttpRequest, pk: int) -> Conflict:
    seen = Conflict.objects.visible_to(request.user).select_related("ruled_by__person")
    found: Conflict = get_object_or_404(seen, pk=pk)
    return found


@require_GET
def conflict(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The sides one may see, and that there is another; what was ruled."""
    row = _found(request, pk)
    return opened(request, _page(request, row), kind="conflict", subject=audit_subject(row))


def _page(
    request: HttpRequest,
    row: Conflict,
    *,
    say: SayForm | None = None,
    rule: RuleForm | None = None,
) -> HttpResponse:
    user: Any = request.user
    visible = Claim.objects.visible_to(user).filter(conflict=row).order_by("project_id")
    claims = list(visible.select_related("project", "person", "conflict"))
    files = files_of(EVIDENCE, [each.pk for each in claims])
    mine = next((each for each in claims if can_say(user, each)), None)
    context = {
        "conflict": row,
        "sides": [{"claim": each, "files": files[str(each.pk)]} for each in claims],
        "sees_both": len(claims) > 1,
        "mine": mine,
        "say_form": say or (_say_form(mine) if mine else None),
        "ruling": can_rule(user, row),
        "rule_form": rule or RuleForm(initial={"version": row.version}, auto_id="rule_%s"),
        "clauses": [clause_of("CUS-3")],
        "changed_as": [row, *claims] if len(claims) > 1 else [],
    }
    wrong = any(form is not None and form.errors for form in (say, rule))
    return render(request, "customers/conflict.html", context, status=400 if wrong else 200)


def _say_form(claim: Claim) -> SayForm:
    return SayForm(initial={"version": claim.version, "text": claim.text})


@require_POST
def conflict_say(request: HttpRequest, pk: int) -> HttpResponse:
    """Say one's side, with evidence."""
    row = _found(request, pk)
    seen = Claim.objects.visible_to(request.user).filter(conflict=row)
    own = seen.filter(person=request.user.person_id).select_related("conflict").first()  # type: ignore[union-attr]
    claim = own or seen.select_related("conflict")[0]
    require(can_say(request.user, claim))
    form = SayForm(request.POST, request.FILES, too_large=is_too_large(request))
    if not done(form, lambda: _say(request, claim, form)):
        return _page(request, row, say=form)
    messages.success(request, _("Kept."))
    return redirect("conflict", pk=pk)


def _say(request: HttpRequest, claim: Claim, form: SayForm) -> None:
    given = form.cleaned_data
    claim_say(
        claim=as_seen(claim, form), text=given["text"], files=given["files"], actor=request.user
    )


@require_POST
def conflict_ruling(request: HttpRequest, pk: int) -> HttpResponse:
    """Rule on it, with the reason."""
    row = _found(request, pk)
    require(can_rule(request.user, row))
    form = RuleForm(request.POST, auto_id="rule_%s")
    if not done(form, lambda: _rule(request, row, form)):
        return _page(request, row, rule=form)
    messages.success(request, _("Ruled."))
    return redirect("conflict", pk=pk)


def _rule(request: HttpRequest, row: Conflict, form: RuleForm) -> None:
    given = form.cleaned_data
    conflict_rule(
        conflict=as_seen(row, form),
        ruling=given["ruling"],
        reason=given["reason"],
        actor=request.user,
    )
