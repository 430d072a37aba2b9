"""A person's page, block by block, and what is kept of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms import FactsForm, QualificationForm
from accounts.models import Person, Qualification
from accounts.permissions import (
    can_change_position,
    can_keep_people,
    can_make_stand_in,
    can_see_handover,
    can_see_people,
)
from accounts.services import (
    ChangedMeanwhile,
    person_edit,
    qualification_add,
    qualification_remove,
)
from core.confidential import opened
from core.lists import is_fragment
from core.panels import Panel, panels_of
from core.permissions import require


def person_of(request: HttpRequest, employee_no: str) -> Person:
    """Somebody whose page one may open; all others are not there."""
    seen = Person.objects.with_page_for(request.user)
    return get_object_or_404(seen.select_related("supervisor"), employee_no=employee_no)


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """One's own page."""
    user: Any = request.user
    if user.person is None:
        raise Http404
    return redirect("person", employee_no=user.person.employee_no)


@require_GET
def person(request: HttpRequest, employee_no: str) -> HttpResponse:
    """Who it is; then each block for whom it is meant. What costs more is fetched afterwards."""
    user: Any = request.user
    whose = person_of(request, employee_no)
    context = {
        "person": whose,
        "panels": panels_of("person", user, person=whose),
        "can_list": can_see_people(user),
        "can_keep": can_keep_people(user),
        "can_change": can_change_position(user, whose),
        "can_stand_in": can_make_stand_in(user, whose),
        "can_handover": whose.left_on and can_see_handover(user, whose),
    }
    return render(request, "accounts/person.html", context)


@require_GET
def person_panel(request: HttpRequest, employee_no: str, key: str) -> HttpResponseBase:
    """One block of a person's page: for htmx by itself, else under the heading. Who opens a
    confidential one of somebody else's is written down."""
    whose = person_of(request, employee_no)
    found = [p for p in panels_of("person", request.user, person=whose) if p.key == key]
    if not found:
        raise Http404
    panel: Panel = found[0]
    context = {"person": whose, "panel": panel}
    template = "accounts/_panel.html" if is_fragment(request) else "accounts/panel.html"
    answer = render(request, template, context)
    if not panel.confidential:
        return answer
    kind, no = panel.confidential, whose.employee_no
    return opened(request, answer, kind=kind, subject=f"{kind} {no}", about=no)


@require_http_methods(["GET", "POST"])
def person_facts_edit(request: HttpRequest, employee_no: str) -> HttpResponse:
    """Name, phone, contract target."""
    user: Any = request.user
    whose = person_of(request, employee_no)
    require(can_keep_people(user))
    form = FactsForm(whose, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person_edit(actor=user, person=whose, **form.cleaned_data)
        except ChangedMeanwhile as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Kept."))
            return redirect("person", employee_no=employee_no)
    context = {"form": form, "person": whose, "title": _("Edit facts"), "save": _("Save")}
    return render(request, "accounts/form.html", context)


@require_http_methods(["GET", "POST"])
def qualification_new(request: HttpRequest, employee_no: str) -> HttpResponse:
    """A qualification for the file."""
    user: Any = request.user
    whose = person_of(request, employee_no)
    require(can_keep_people(user))
    form = QualificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        qualification_add(actor=user, person=whose, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("person", employee_no=employee_no)
    context = {"form": form, "person": whose, "title": _("Add a qualification"), "save": _("Add")}
    return render(request, "accounts/form.html", context)


@require_POST
def qualification_delete(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    seen = Qualification.objects.visible_to(user).select_related("person")
    kept = get_object_or_404(seen, pk=pk)
    require(can_keep_people(user))
    qualification_remove(actor=user, qualification=kept)
    messages.success(request, _("Taken off the file."))
    return redirect("person", employee_no=kept.person.employee_no)
