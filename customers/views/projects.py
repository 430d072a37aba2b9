"""Projects: the list and the board, one registered, one with all that is known of it (CUS-3)."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.confidential import opened
from core.lists import list_page
from core.panels import panels_of
from core.permissions import require
from core.services import audit_subject
from customers.forms.fields import VersionForm
from customers.forms.projects import LookForm, LoseForm, NoteForm, ProjectForm
from customers.lists.projects import ProjectList
from customers.models import Claim, Project, Requirement
from customers.navigation.projects import project_tabs
from customers.permissions.projects import (
    can_assign,
    can_register,
    can_reopen,
    can_see_projects,
    can_work_on,
)
from customers.querysets.projects import look_alikes
from customers.rules.projects import Lack, Line, keys_of, lacks, may_stand_at
from customers.services import ProjectLooksAlike, ProjectRefused, project_register
from policy.clauses import clause_of

A_COLUMN = 30  # projects shown in one; all of them are on the list


@require_GET
def projects(request: HttpRequest) -> HttpResponseBase:
    """The projects one may see."""
    require(can_see_projects(request.user))
    return list_page(request, ProjectList)


def told_apart(user: Any, found: Sequence[Project]) -> list[dict[str, Any]]:
    """What somebody may know of look-alikes: of those they may see all, of a stranger's when it
    was registered and nothing else (CUS-3). One query."""
    if not found:
        return []
    seen = Project.objects.visible_to(user).filter(pk__in=[each.pk for each in found])
    visible = set(seen.values_list("pk", flat=True))
    return [
        {"at": each.registered_at, "project": each if each.pk in visible else None}
        for each in found
    ]


@require_http_methods(["GET", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    """Register a project; what it looks like is shown before it is registered all the same."""
    user: Any = request.user
    require(can_register(user))
    form = ProjectForm(request.POST or None, user=user)
    found: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = _register(user, form)
        except ProjectLooksAlike as refusal:
            found = told_apart(user, refusal.found)
            form.add_error(None, str(refusal))
        except ProjectRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Registered as %(no)s.") % {"no": made.project_no})
            return redirect("project", pk=made.pk)
    context = {"form": form, "found": found, "clauses": [clause_of("CUS-3")]}
    wrong = bool(form.errors)
    return render(request, "customers/project_new.html", context, status=400 if wrong else 200)


def _register(user: Any, form: ProjectForm) -> Project:
    given = form.cleaned_data
    return project_register(
        person=user.person,
        facts=form.facts(),
        token=given["token"],
        anyway=given["anyway"],
        actor=user,
    )


@require_GET
def project_check(request: HttpRequest) -> HttpResponse:
    """A fragment: what a project that is being typed looks like."""
    require(can_register(request.user))
    form = LookForm(request.GET)
    found: list[dict[str, Any]] = []
    if form.is_valid() and form.cleaned_data["customer_name"].strip():
        given = form.cleaned_data
        keys = keys_of(
            name=given["name"],
            customer=given["customer_name"],
            prefecture=given["prefecture"],
            address=given["address"],
        )
        found = told_apart(request.user, look_alikes(keys))
    return render(request, "customers/_look_alikes.html", {"found": found})


def project_or_404(request: HttpRequest, pk: int) -> Project:
    seen = Project.objects.visible_to(request.user)
    people = ("person__supervisor", "registered_by", "customer", "assigned_by__person")
    return get_object_or_404(seen.select_related(*people), pk=pk)


@require_GET
def project(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All that is known of a project, to whoever may see it; that it was opened is kept (CUS-2)."""
    row = project_or_404(request, pk)
    page = render(request, "customers/project.html", _context(request, row))
    return opened(request, page, kind="project", subject=audit_subject(row))


def _context(request: HttpRequest, row: Project) -> dict[str, Any]:
    user: Any = request.user
    lines = list(row.requirements.all())
    claims = Claim.objects.visible_to(user).filter(project=row).select_related("conflict")
    working = can_work_on(user, row)
    return {
        "project": row,
        "lines": lines,
        "lacking": lacking_words(lines, no_equipment=row.no_equipment),
        "notes": list(row.notes.select_related("by__person")[:20]),
        "claims": list(claims),
        "working": working,
        "assigning": row.is_open and row.is_complete and can_assign(user),
        "stages": stages_from(row) if working else [],
        "note_form": NoteForm(),
        "lose_form": LoseForm(initial={"version": row.version}, auto_id="lose_%s"),
        "can_reopen": can_reopen(user, row),
        "reopenings": list(row.reopenings.select_related("by__person")),
        "version_form": VersionForm(initial={"version": row.version}, auto_id=False),
        "panels": panels_of("project", user, project=row),
        "clauses": [clause_of("CUS-3"), clause_of("CUS-4")],
        "changed_as": [row],
    }


def stages_from(row: Project) -> list[tuple[str, Any]]:
    """Where a project may be brought to from where it stands."""
    assigned = row.assigned_at is not None
    return [
        (value, label)
        for value, label in Project.Stage.choices
        if value != row.stage and may_stand_at(value, assigned=assigned)
    ]


LACKS = {
    Lack.MACHINES: lambda: _("which machines, and how many"),
    Lack.SIZES: lambda: _("how large each machine is"),
    Lack.EQUIPMENT: lambda: _("the equipment that goes with it, or that none does"),
}


def lacking_words(lines: Sequence[Requirement], *, no_equipment: bool) -> list[str]:
    """What a requirement list lacks, in words."""
    known = [
        Line(each.kind == Requirement.Kind.MACHINE, each.spec, each.quantity) for each in lines
    ]
    return [LACKS[each]() for each in lacks(known, no_equipment=no_equipment)]


@require_GET
def project_board(request: HttpRequest) -> HttpResponse:
    """The projects that go on, a column a stage; dragged, or moved by buttons (S7.6)."""
    user: Any = request.user
    require(can_see_projects(user))
    going_on = Project.objects.visible_to(user).going_on().select_related("person")
    rows = list(going_on.order_by("-touched_at", "pk")[: 10 * A_COLUMN])
    columns = []
    for value, label in Project.Stage.choices:
        here = [each for each in rows if each.stage == value]
        cards = [_card(user, each) for each in here[:A_COLUMN]]
        columns.append({"stage": value, "label": label, "cards": cards, "count": len(here)})
    context = {
        "columns": columns,
        "has_rows": bool(rows),
        "can_register": can_register(user),
        "tabs": project_tabs(request),
        "clauses": [clause_of("CUS-4")],
    }
    return render(request, "customers/board.html", context)


def _card(user: Any, row: Project) -> dict[str, Any]:
    return {"project": row, "stages": stages_from(row) if can_work_on(user, row) else []}
