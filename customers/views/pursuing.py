"""What is done with a project: its list kept, assigned, moved, noted, lost (CUS-4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.permissions import require
from customers.forms.projects import (
    AssignForm,
    ListForm,
    LoseForm,
    MoveForm,
    NeededLines,
    NoteForm,
    ReasonForm,
)
from customers.models import Delegation, Project
from customers.navigation.projects import project_tabs
from customers.permissions.projects import (
    can_assign,
    can_assign_to,
    can_delegate,
    can_see_delegations,
    can_work_on,
)
from customers.services import (
    ProjectRefused,
    delegation_give,
    delegation_withdraw,
    project_assign,
    project_lose,
    project_move,
    project_note,
    requirements_set,
)
from customers.views.projecting import as_seen, done, form_page, posted
from customers.views.projects import project_or_404
from policy.clauses import clause_of


def _page(row: Project) -> str:
    return reverse("project", args=[row.pk])


def _working(request: HttpRequest, pk: int) -> Project:
    row = project_or_404(request, pk)
    require(can_work_on(request.user, row))
    return row


@require_http_methods(["GET", "POST"])
def project_requirements(request: HttpRequest, pk: int) -> HttpResponse:
    """The requirement list: which machines, which equipment, how many."""
    row = _working(request, pk)
    known = list(row.requirements.values("kind", "what", "spec", "quantity"))
    lines = NeededLines(request.POST or None, initial=known, prefix="line")
    seen = {"version": row.version, "no_equipment": row.no_equipment}
    form = ListForm(request.POST or None, initial=seen)
    if (
        request.method == "POST"
        and lines.is_valid()
        and done(form, lambda: _keep(request, row, form, lines))
    ):
        messages.success(request, _("Kept."))
        return redirect(_page(row))
    context = {"project": row, "form": form, "lines": lines, "clauses": [clause_of("CUS-4")]}
    wrong = request.method == "POST"
    return render(request, "customers/requirements.html", context, status=400 if wrong else 200)


def _keep(request: HttpRequest, row: Project, form: ListForm, lines: Any) -> None:
    filled = [each for each in lines if not each.is_empty(each.cleaned_data)]
    requirements_set(
        project=as_seen(row, form),
        lines=[each.needed() for each in filled],
        no_equipment=form.cleaned_data["no_equipment"],
        actor=request.user,
    )


@require_http_methods(["GET", "POST"])
def project_assigning(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who pursues a project."""
    row, user = project_or_404(request, pk), request.user
    require(can_assign(user))
    initial = {"version": row.version, "person": row.registered_by_id}
    form = AssignForm(request.POST or None, user=user, initial=initial)
    if request.method == "POST" and done(form, lambda: _assign(request, row, form)):
        messages.success(request, _("Assigned."))
        return redirect(_page(row))
    return form_page(
        request,
        form,
        title=_("Who pursues it"),
        back=_page(row),
        back_label=f"{row.project_no} {row.name}",
        save=_("Assign"),
        hint=_("%(name)s registered it, and is to be heard first.")
        % {"name": row.registered_by.name},
    )


def _assign(request: HttpRequest, row: Project, form: AssignForm) -> None:
    given = form.cleaned_data
    allowed = can_assign_to(request.user, given["person"])
    if not allowed:
        raise ProjectRefused(str(allowed.reason))
    project_assign(
        project=as_seen(row, form),
        person=given["person"],
        reason=given["reason"],
        actor=request.user,
    )


@require_POST
def project_moved(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a project to another stage, as it was seen; back to where it was moved from."""
    row = _working(request, pk)
    form = MoveForm(request.POST)
    back = reverse("project_board") if request.POST.get("from") == "board" else _page(row)
    return posted(
        request,
        form,
        lambda: project_move(
            project=as_seen(row, form), stage=form.cleaned_data["stage"], actor=request.user
        ),
        _("Moved."),
        back,
    )


@require_POST
def project_noted(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what happened."""
    row = _working(request, pk)
    form = NoteForm(request.POST)
    return posted(
        request,
        form,
        lambda: project_note(project=row, actor=request.user, **form.cleaned_data),
        _("Noted."),
        _page(row),
    )


@require_POST
def project_lost(request: HttpRequest, pk: int) -> HttpResponse:
    """It is lost, and why."""
    row = _working(request, pk)
    form = LoseForm(request.POST)
    return posted(
        request,
        form,
        lambda: project_lose(
            project=as_seen(row, form), reason=form.cleaned_data["reason"], actor=request.user
        ),
        _("The project has ended."),
        _page(row),
    )


@require_http_methods(["GET", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """Whether the manager assigns and rules, since when and why; the leader delegates it."""
    user = request.user
    require(can_see_delegations(user))
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        require(can_delegate(user))
        if done(form, lambda: delegation_give(reason=form.cleaned_data["reason"], actor=user)):
            messages.success(request, _("The manager assigns and rules from now on."))
            return redirect("delegations")
    rows = list(Delegation.objects.select_related("given_by__person", "withdrawn_by__person")[:50])
    context = {
        "rows": rows,
        "standing": next((each for each in rows if each.withdrawn_at is None), None),
        "form": form,
        "delegating": can_delegate(user),
        "tabs": project_tabs(request),
        "clauses": [clause_of("CUS-4")],
    }
    status = 400 if form.errors else 200
    return render(request, "customers/delegations.html", context, status=status)


@require_POST
def delegation_taken_back(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on the leader alone assigns and rules."""
    require(can_see_delegations(request.user))
    require(can_delegate(request.user))
    row = get_object_or_404(Delegation, pk=pk)
    try:
        delegation_withdraw(delegation=row, actor=request.user)
    except ProjectRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The delegation is withdrawn."))
    return redirect("delegations")
