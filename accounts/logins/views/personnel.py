"""Personnel's pages: who has an account, links for those who need one, lost second factors."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.logins.files import REASONS_TOLD, wanted_of
from accounts.logins.forms import LinksFileForm, LinksForm, SecondFactorRuleForm
from accounts.logins.links import AT_ONCE, Refused, Slip, links_make
from accounts.logins.lists import LoginList
from accounts.logins.permissions import (
    can_link,
    can_reset_second_factor,
    can_rule_second_factor,
    can_see_logins,
)
from accounts.logins.querysets import logins_of, newest_link, without_account
from accounts.logins.second_factor import Changed, factor_reset, rule_of, rule_set
from accounts.logins.subjects import login_subject
from accounts.logins.tables import state_badge
from accounts.models import Person, User
from core.lists import ChoiceRefused, chosen_rows, list_page
from core.permissions import require
from core.qr import as_image
from core.uploads import saved


@require_GET
def logins(request: HttpRequest) -> HttpResponseBase:
    """People with and without an account."""
    require(can_see_logins(request.user))
    return list_page(request, LoginList)


@require_GET
def login_of(request: HttpRequest, employee_no: str) -> HttpResponse:
    """One person's account, and what personnel can do about it."""
    user: Any = request.user
    require(can_see_logins(user))
    person = get_object_or_404(logins_of(user), employee_no=employee_no)
    login = getattr(person, "user", None)
    context = {
        "person": person,
        "login": login,
        "state": state_badge(person),
        "may_link": can_link(user, person),
        "may_reset": can_reset_second_factor(user, login) if login else None,
        "seen": newest_link(),
        "changed_as": login_subject(person),
    }
    return render(request, "account/login.html", context)


@never_cache
@require_POST
def login_links(request: HttpRequest) -> HttpResponse:
    """Links for those chosen, or for everybody without an account; they are shown this once."""
    user: Any = request.user
    require(can_see_logins(user))
    form = LinksForm(request.POST)
    if not form.is_valid():
        for reasons in form.errors.values():
            messages.error(request, str(reasons[0]))
        return redirect("logins")
    if form.cleaned_data["everybody"]:
        people = list(without_account(user)[:AT_ONCE])
    else:
        try:
            people = chosen_rows(LoginList(request), most=AT_ONCE)
        except ChoiceRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("logins")
    made = links_make(actor=user, people=people, seen=form.cleaned_data["seen"])
    return _slips(request, made)


@never_cache
@require_POST
def login_links_file(request: HttpRequest) -> HttpResponse:
    """Links for everybody named in a file; with anything wrong in it, for nobody."""
    user: Any = request.user
    require(can_see_logins(user))
    form = LinksFileForm(request.POST, request.FILES)
    if not form.is_valid():
        for reasons in form.errors.values():
            messages.error(request, str(reasons[0]))
        return redirect("logins")
    with saved([form.cleaned_data["file"]]) as paths:
        wanted = wanted_of(paths[0], Person.objects.visible_to(user))
    if wanted.wrong:
        messages.error(request, _("No account was made."))
        for reason in wanted.wrong[:REASONS_TOLD]:
            messages.error(request, reason)
        return redirect("logins")
    made = links_make(
        actor=user, people=wanted.people, emails=wanted.emails, seen=form.cleaned_data["seen"]
    )
    return _slips(request, made)


@require_POST
def second_factor_reset(request: HttpRequest, employee_no: str) -> HttpResponse:
    """Take away somebody's lost second factor."""
    actor: Any = request.user
    require(can_see_logins(actor))
    person = get_object_or_404(Person.objects.visible_to(actor), employee_no=employee_no)
    user = get_object_or_404(User, person=person)
    try:
        factor_reset(actor=actor, user=user)
        messages.success(request, _("The second factor is reset; it can be set up anew."))
    except Changed as changed:
        messages.error(request, str(changed))
    return redirect("login_of", employee_no=employee_no)


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor_rule(request: HttpRequest) -> HttpResponse:
    """Which roles cannot do without a second factor."""
    user: Any = request.user
    require(can_rule_second_factor(user))
    rule = rule_of()
    initial = {"roles": rule.roles.split("+"), "version": rule.version}
    form = SecondFactorRuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            rule_set(actor=user, **form.cleaned_data)
            messages.success(request, _("Saved. It holds from the next page on."))
        except Changed as changed:
            messages.error(request, str(changed))
        return redirect("second_factor_rule")
    context = {"form": form, "sees_logins": bool(can_see_logins(user))}
    return render(request, "account/second_factor_rule.html", context)


def _slips(request: HttpRequest, made: list[Slip | Refused]) -> HttpResponse:
    slips = []
    for slip in made:
        if isinstance(slip, Slip):
            url = request.build_absolute_uri(reverse("one_time_link", args=[slip.token]))
            slips.append({"slip": slip, "url": url, "picture": as_image(url)})
    context = {"slips": slips, "refused": [it for it in made if isinstance(it, Refused)]}
    return render(request, "account/slips.html", context)
