"""Company property broken: the list, a damage recorded and corrected (GOOD-2)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from claims.charging import charged_of
from claims.forms import DamageCorrectForm, DamageForm
from claims.lists.goods import DamageList
from claims.models import Damage
from claims.permissions import can_correct_damage, can_record_damage, can_see_damages
from claims.services import ClaimsRefused, damage_correct, damage_record
from claims.services.keeping import DAMAGE
from core.files.querysets import files_of
from core.files.services import FileRefused
from core.lists import list_page
from core.months import Month
from core.permissions import require
from core.uploads import is_too_large
from policy.clauses import clause_of


@require_GET
def damages(request: HttpRequest) -> HttpResponseBase:
    """The damages one may see."""
    require(can_see_damages(request.user))
    return list_page(request, DamageList)


def _found(request: HttpRequest, pk: int) -> Damage:
    seen = Damage.objects.visible_to(request.user)
    found: Damage = get_object_or_404(seen.select_related("person", "recorded_by__person"), pk=pk)
    return found


@require_GET
def damage(request: HttpRequest, pk: int) -> HttpResponse:
    """What was broken, what was said about it, and what it costs."""
    found, user = _found(request, pk), request.user
    key = f"GOOD-2/{found.person.employee_no}/{found.damage_no}"
    charged = None
    if found.cost_price:
        charged = charged_of(user, found.person, key, Month.of(found.on))
    context = {
        "damage": found,
        "files": files_of(DAMAGE, [found.pk])[str(found.pk)],
        "charged": charged,
        "correcting": can_correct_damage(user, found),
        "clauses": [clause_of("GOOD-2")],
        "changed_as": [found],
    }
    return render(request, "claims/damage.html", context)


@require_http_methods(["GET", "POST"])
def damage_new(request: HttpRequest) -> HttpResponse:
    """Record that company property was broken."""
    require(can_record_damage(request.user))
    form = _new_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = damage_record(
                person=form.cleaned_data["person"],
                broken=form.broken(),
                files=form.cleaned_data["files"],
                token=form.cleaned_data["token"],
                actor=request.user,
            )
        except (ClaimsRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The damage is on record."))
            return redirect("damage", pk=made.pk)
    return _page(request, form, _("Record a damage"), reverse("damages"), _("Damages"))


def _new_form(request: HttpRequest) -> DamageForm:
    if request.method != "POST":
        return DamageForm(user=request.user)
    return DamageForm(
        request.POST, request.FILES, user=request.user, too_large=is_too_large(request)
    )


def _page(request: HttpRequest, form: Any, title: str, back: str, label: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back": back,
        "back_label": label,
        "save": _("Save"),
        "has_files": True,
    }
    return render(request, "core/form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def damage_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the price or whether it was meant, with the reason."""
    found = _found(request, pk)
    require(can_correct_damage(request.user, found))
    form = DamageCorrectForm(request.POST or None, initial=_as_seen(found))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        found.cost_price, found.on_purpose = given["seen_price"], given["seen_purpose"]
        try:
            damage_correct(
                damage=found,
                cost_price=given["cost_price"],
                on_purpose=given["on_purpose"],
                reason=given["reason"],
                actor=request.user,
            )
        except ClaimsRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Corrected; the statement follows."))
            return redirect("damage", pk=pk)
    back = reverse("damage", args=[pk])
    return _page(request, form, _("Correct the damage"), back, found.damage_no)


def _as_seen(found: Damage) -> dict[str, Any]:
    return {
        "seen_price": found.cost_price,
        "seen_purpose": found.on_purpose,
        "cost_price": found.cost_price,
        "on_purpose": found.on_purpose,
    }
