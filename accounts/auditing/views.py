"""All changes, and all openings of confidential records: found, paged, taken out."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from accounts.auditing.lists import ChangeList, OpeningList
from accounts.auditing.permissions import can_see_changes, can_see_openings
from core.lists import list_export, list_page
from core.permissions import require


@require_GET
def changes(request: HttpRequest) -> HttpResponseBase:
    """Every change, the latest first; pages go by the row's number, so none is slow."""
    require(can_see_changes(request.user))
    return list_page(request, ChangeList)


@require_GET
def changes_export(request: HttpRequest) -> HttpResponseBase:
    """What was found as CSV, the latest 10,000; that it was taken out is written down."""
    require(can_see_changes(request.user))
    return list_export(request, ChangeList, ending="csv")


@require_GET
def openings(request: HttpRequest) -> HttpResponseBase:
    """Who opened, printed or took out which confidential record, the latest first."""
    require(can_see_openings(request.user))
    return list_page(request, OpeningList)
