"""The roster of cleaning, and one turn of it (MEET-3)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import list_page
from core.permissions import require
from policy.clauses import clause_of
from reports.forms.cleaning import GiveForm
from reports.forms.fields import VersionForm
from reports.lists.cleaning import CleaningList
from reports.models import CleaningTurn
from reports.permissions import can_confirm_turn, can_see_cleaning, can_tick_turn
from reports.services import turn_confirm, turn_done, turn_give
from reports.tables.cleaning import standing_word
from reports.views.doing import as_seen, posted


@require_http_methods(["GET", "HEAD", "POST"])
def cleaning(request: HttpRequest) -> HttpResponseBase:
    """The roster one may see; several turns are confirmed at once."""
    require(can_see_cleaning(request.user))
    return list_page(request, CleaningList)


def _found(request: HttpRequest, pk: int) -> CleaningTurn:
    seen = CleaningTurn.objects.visible_to(request.user)
    found: CleaningTurn = get_object_or_404(
        seen.select_related("person", "confirmed_by__person"), pk=pk
    )
    return found


@require_GET
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """One turn: done, confirmed, given to somebody else."""
    found, user = _found(request, pk), request.user
    confirming = can_confirm_turn(user, found)
    context = {
        "turn": found,
        "standing": standing_word(found),
        "ticking": found.done_at is None and can_tick_turn(user, found),
        "confirming": confirming and found.confirmed_by_id is None,
        "seen_form": VersionForm(initial={"version": found.version}),
        "give_form": GiveForm(turn=found) if confirming and found.done_at is None else None,
        "clauses": [clause_of("MEET-3"), clause_of("VIS-2")],
        "changed_as": [found],
    }
    return render(request, "reports/turn.html", context)


@require_POST
def turn_ticked(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever cleans says that it is done; whoever confirms, that they have seen it."""
    found, user = _found(request, pk), request.user
    confirms = request.POST.get("do") == "confirm"
    require(can_confirm_turn(user, found) if confirms else can_tick_turn(user, found))
    form = VersionForm(request.POST)

    def tick(given: dict[str, Any]) -> None:
        seen = as_seen(found, form)
        does = turn_confirm if confirms else turn_done
        does(turn=seen, actor=user)

    said = _("Confirmed.") if confirms else _("Done; your supervisor confirms it.")
    return posted(request, form, tick, said, reverse("cleaning_turn", args=[pk]))


@require_POST
def turn_given(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the turn to somebody else of the team."""
    found = _found(request, pk)
    require(can_confirm_turn(request.user, found))
    form = GiveForm(request.POST, turn=found)

    def give(given: dict[str, Any]) -> None:
        turn_give(
            turn=as_seen(found, form),
            person=given["person"],
            reason=given["reason"],
            actor=request.user,
        )

    return posted(request, form, give, _("Given."), reverse("cleaning_turn", args=[pk]))
