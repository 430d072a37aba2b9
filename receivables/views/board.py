"""The supervisor's board, and what is owed by its age (DUE-1)."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from core.lists import list_page
from core.permissions import require
from receivables.lists.ageing import AgeingList, AgeingPeopleList, BoardList
from receivables.permissions import can_see_board, can_see_unpaid


@require_GET
def due_board(request: HttpRequest) -> HttpResponseBase:
    """By salesperson: unpaid, escalated, without a plan, promises due and broken."""
    require(can_see_board(request.user))
    return list_page(request, BoardList)


@require_GET
def ageing(request: HttpRequest) -> HttpResponseBase:
    """What customers owe by its age."""
    require(can_see_unpaid(request.user))
    return list_page(request, AgeingList)


@require_GET
def ageing_people(request: HttpRequest) -> HttpResponseBase:
    """What is owed on the orders of each salesperson, by its age."""
    require(can_see_board(request.user))
    return list_page(request, AgeingPeopleList)
