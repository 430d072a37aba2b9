"""The list of people, the team tree, and somebody new."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.filters import PersonFilter
from accounts.forms import PersonForm
from accounts.models import Person
from accounts.permissions import can_keep_people, can_see_people
from accounts.services import PeopleRefused, person_add
from accounts.tables import PersonTable
from accounts.tree import team_tree
from core.lists import arrange, is_fragment
from core.permissions import require

FILTERS = ("q", "team", "role", "channel", "status")


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody one may see: search, filter, sort, page."""
    user: Any = request.user
    require(can_see_people(user))
    found = PersonFilter(request.GET, queryset=Person.objects.visible_to(user))
    context = {
        "filter": found,
        "is_filtered": any(request.GET.get(name) for name in FILTERS),
        "table": arrange(request, PersonTable(found.qs.select_related("supervisor"))),
        "can_keep": can_keep_people(user),
    }
    template = "accounts/_people_found.html" if is_fragment(request) else "accounts/people.html"
    return render(request, template, context)


@require_GET
def people_tree(request: HttpRequest) -> HttpResponse:
    """Who is below whom, among those one may see; who is away, who stands in."""
    user: Any = request.user
    require(can_see_people(user))
    with_left = request.GET.get("left") == "1"
    context = {"tree": team_tree(user, with_left=with_left), "with_left": with_left}
    return render(request, "accounts/tree.html", context)


@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Put somebody on file."""
    user: Any = request.user
    require(can_keep_people(user))
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            person = person_add(
                actor=user,
                employee_no=given["employee_no"],
                hired_on=given["hired_on"],
                values={"name": given["name"], "phone": given["phone"], **form.place},
            )
        except PeopleRefused as refused:
            form.add_error("employee_no", str(refused))
        else:
            messages.success(request, _("%(person)s is on file.") % {"person": person})
            return redirect("person", employee_no=person.employee_no)
    context = {"form": form, "title": _("Add a person"), "save": _("Add")}
    return render(request, "accounts/form.html", context)
