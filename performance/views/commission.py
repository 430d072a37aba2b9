"""Commission live: where somebody stands among the tiers (COMM-1)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock
from performance.desk import tier_says
from performance.navigation import tabs
from performance.reads.commission import standing_of, tiers_of
from policy.clauses import clause_of
from policy.labels import parameter_text, readable


@require_GET
def my_commission(request: HttpRequest) -> HttpResponse:
    """One's own commission of the collection month that runs."""
    user: Any = request.user
    if user.person is None or not user.person.has_role("salesperson"):
        raise Http404
    month, found = standing_of(user.person, clock.now())
    context = {
        "tabs": tabs(request),
        "month": month,
        "standing": found,
        "says": tier_says(found),
        "tiers": readable("commission_tiers", parameter_text(tiers_of(month))),
        "clauses": [clause_of("COMM-1")],
    }
    return render(request, "performance/commission.html", context)
