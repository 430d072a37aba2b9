"""Who gets no slips today, and the manager's word that somebody does (SLIP-4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Person
from core.permissions import require
from policy.clauses import clause_of
from receivables.forms.slips import LiftForm
from receivables.permissions.slips import can_issue_slips, can_lift_block, can_see_blocks
from receivables.querysets.blocks import Block, blocks_of
from receivables.services import SlipRefused, block_lift


@require_GET
def blocked(request: HttpRequest) -> HttpResponse:
    """Everybody who is blocked, why, and since when; lifted ones last."""
    require(can_see_blocks(request.user))
    return _page(request)


def _page(request: HttpRequest, *, wrong: tuple[int, LiftForm] | None = None) -> HttpResponse:
    found = sorted(blocks_of().values(), key=lambda each: (not each.stands, each.name))
    people = Person.objects.in_bulk([each.person_id for each in found])
    context = {
        "rows": [_row(request.user, each, people[each.person_id], wrong) for each in found],
        "standing": sum(each.stands for each in found),
        "can_issue": can_issue_slips(request.user),
        "clause": clause_of("SLIP-4"),
    }
    return render(request, "receivables/blocked.html", context, status=400 if wrong else 200)


def _row(
    user: Any, block: Block, person: Person, wrong: tuple[int, LiftForm] | None
) -> dict[str, Any]:
    form = wrong[1] if wrong and wrong[0] == person.pk else LiftForm(auto_id=f"lift-{person.pk}-%s")
    return {"block": block, "person": person, "lifting": can_lift_block(user, person), "form": form}


@require_POST
def lift(request: HttpRequest, employee_no: str) -> HttpResponse:
    """Lift somebody's block for today, with the reason."""
    require(can_see_blocks(request.user))
    person = get_object_or_404(Person.objects.visible_to(request.user), employee_no=employee_no)
    require(can_lift_block(request.user, person))
    form = LiftForm(request.POST, auto_id=f"lift-{person.pk}-%s")
    if not form.is_valid():
        return _page(request, wrong=(person.pk, form))
    try:
        block_lift(actor=request.user, person=person, reason=form.cleaned_data["reason"])
    except SlipRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("%(person)s gets slips today.") % {"person": person.name}
        messages.success(request, said)
    return redirect("slips_blocked")
