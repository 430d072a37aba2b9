"""Pages that know nothing of salespeople: the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock
from core.panels import panels_of


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for whoever signed in; the cards where something waits come first."""
    cards = sorted(panels_of("desk", request.user), key=lambda card: not card.context["count"])
    return render(request, "core/desk.html", {"cards": cards, "today": clock.today()})
