"""Return visits due (VIS-3, VIS-5), and visits a month by level (VIS-5)."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from core.lists import list_page
from core.permissions import require
from customers.lists.levels import LevelList
from customers.lists.returns import ReturnList
from customers.permissions.visits import can_see_visits


@require_GET
def returns_due(request: HttpRequest) -> HttpResponseBase:
    """The customers one sees whose return visit is overdue, due within a week, or asked for by
    their level."""
    require(can_see_visits(request.user))
    return list_page(request, ReturnList)


@require_GET
def visit_levels(request: HttpRequest) -> HttpResponseBase:
    """The visits of a month by customer level, a line for each salesperson one sees."""
    require(can_see_visits(request.user))
    return list_page(request, LevelList)
