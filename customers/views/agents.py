"""Prefectures: covered, in talks, open, and whose (CUS-5)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.confidential import opened
from core.lists import list_page
from core.permissions import require
from core.services import audit_subject
from customers.forms.agents import AgencyForm, PrefectureForm, TalksForm
from customers.lists.agents import PrefectureList
from customers.models import Agency, Prefecture
from customers.permissions.agents import (
    can_add_prefecture,
    can_keep_agency,
    can_keep_agent,
    can_talk,
)
from customers.permissions.projects import can_see_projects
from customers.services import (
    ProjectRefused,
    agency_begin,
    agency_end,
    agency_talk,
    prefecture_add,
)
from customers.views.projecting import as_seen, done, form_page, posted
from policy.clauses import clause_of


@require_GET
def prefectures(request: HttpRequest) -> HttpResponseBase:
    """All prefectures and how they stand."""
    require(can_see_projects(request.user))
    return list_page(request, PrefectureList)


@require_http_methods(["GET", "POST"])
def prefecture_new(request: HttpRequest) -> HttpResponse:
    """Put a prefecture on the list."""
    require(can_add_prefecture(request.user))
    form = PrefectureForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: prefecture_add(actor=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Kept."))
        return redirect("prefectures")
    return form_page(
        request,
        form,
        title=_("Add a prefecture"),
        back=reverse("prefectures"),
        back_label=_("Prefectures"),
        save=_("Add"),
    )


@require_GET
def prefecture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A prefecture with the agents one may see, and how many others there are."""
    user: Any = request.user
    require(can_see_projects(user))
    row: Any = get_object_or_404(Prefecture.objects.with_standing(), pk=pk)
    agencies = Agency.objects.filter(prefecture=row)
    seen = list(agencies.visible_to(user).select_related("customer__owner"))
    others = agencies.standing().exclude(pk__in=[each.pk for each in seen]).count()
    context = {
        "prefecture": row,
        "standing": Prefecture.Standing(row.standing).label,
        "agencies": [
            {
                "agency": each,
                "keeping": each.is_standing and can_keep_agency(user, each),
                "form": AgencyForm(initial={"version": each.version}, auto_id=f"a{each.pk}_%s"),
            }
            for each in seen
        ],
        "others": others,
        "talking": can_talk(user),
        "clauses": [clause_of("CUS-5")],
        "changed_as": seen,
    }
    page = render(request, "customers/prefecture.html", context)
    return opened(request, page, kind="prefecture", subject=audit_subject(row)) if seen else page


@require_http_methods(["GET", "POST"])
def agency_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A customer of one's own is in talks about a prefecture."""
    user: Any = request.user
    require(can_talk(user))
    row = get_object_or_404(Prefecture, pk=pk)
    form = TalksForm(request.POST or None, user=user)
    if request.method == "POST" and done(form, lambda: _talk(user, row, form)):
        messages.success(request, _("Kept."))
        return redirect("prefecture", pk=pk)
    return form_page(
        request,
        form,
        title=_("In talks with an agent"),
        back=reverse("prefecture", args=[pk]),
        back_label=row.name,
        save=_("Save"),
    )


def _talk(user: Any, row: Prefecture, form: TalksForm) -> None:
    given = form.cleaned_data
    allowed = can_keep_agent(user, given["customer"])
    if not allowed:
        raise ProjectRefused(str(allowed.reason))
    agency_talk(prefecture=row, actor=user, **given)


@require_POST
def agency_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The talks led to an agency, or it ended."""
    seen = Agency.objects.visible_to(request.user).select_related("customer")
    row: Agency = get_object_or_404(seen, pk=pk)
    require(can_keep_agency(request.user, row))
    form = AgencyForm(request.POST)
    return posted(
        request,
        form,
        lambda: _change(request, row, form),
        _("Kept."),
        reverse("prefecture", args=[row.prefecture_id]),
    )


def _change(request: HttpRequest, row: Agency, form: AgencyForm) -> None:
    given, seen = form.cleaned_data, as_seen(row, form)
    if request.POST.get("do") == "end":
        agency_end(agency=seen, on=given["on"], reason=given["reason"], actor=request.user)
    else:
        agency_begin(agency=seen, on=given["on"], actor=request.user)
