"""The list of people, the team tree, and somebody new."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms import PersonForm
from accounts.lists import PersonList
from accounts.permissions import can_keep_people, can_see_people
from accounts.services import PeopleRefused, person_add
from accounts.tree import team_tree
from core.lists import list_page
from core.permissions import require


@require_GET
def people(request: HttpRequest) -> HttpResponseBase:
    """Everybody one may see."""
    require(can_see_people(request.user))
    return list_page(request, PersonList)


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
