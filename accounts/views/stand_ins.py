"""Who stands in for whom: the list, naming one, ending it (ORG-1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import StandInForm
from accounts.models import StandIn
from accounts.permissions import can_end_stand_in, can_make_stand_in
from accounts.services import PeopleRefused, stand_in_end, stand_in_make
from accounts.views.person import person_of
from core.permissions import require


@require_http_methods(["GET", "POST"])
def stand_in_new(request: HttpRequest, employee_no: str) -> HttpResponse:
    """Name a stand-in for somebody who is away."""
    user: Any = request.user
    absent = person_of(request, employee_no)
    require(can_make_stand_in(user, absent))
    form = StandInForm(absent, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = stand_in_make(
                actor=user, absent=absent, **{**given, "roles": frozenset(given["roles"])}
            )
        except PeopleRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _("%(stand_in)s stands in for %(absent)s.")
                % {"stand_in": made.stand_in.name, "absent": absent.name},
            )
            return redirect("person", employee_no=employee_no)
    context = {
        "form": form,
        "person": absent,
        "title": _("Name a stand-in"),
        "hint": _(
            "A stand-in sees and decides what %(person)s does, on these days alone; never about "
            "themselves or %(person)s. What they do says that they stood in."
        )
        % {"person": absent.name},
        "save": _("Name"),
    }
    return render(request, "accounts/form.html", context)


@require_POST
def stand_in_over(request: HttpRequest, pk: int) -> HttpResponse:
    """End it now."""
    user: Any = request.user
    seen = StandIn.objects.visible_to(user).select_related("absent", "stand_in")
    stand_in = get_object_or_404(seen, pk=pk)
    require(can_end_stand_in(user, stand_in))
    try:
        stand_in_end(actor=user, stand_in=stand_in)
    except PeopleRefused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("Ended."))
    # Who stood in may not see the page of whom they stood in for any longer.
    own = user.person_id == stand_in.stand_in_id
    whose = stand_in.stand_in if own else stand_in.absent
    return redirect("person", employee_no=whose.employee_no)
