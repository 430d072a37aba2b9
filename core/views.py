"""Pages that know nothing of salespeople: the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock
from core.panels import panels_of


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for whoever signed in; the cards where something waits come first."""
    context = {"cards": panels_of("desk", request.user), "today": clock.today()}
    return render(request, "core/desk.html", context)
