"""What is due: deliveries that customers have not paid (DUE-1)."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from core.lists import list_page
from core.permissions import require
from receivables.lists.unpaid import UnpaidList
from receivables.permissions import can_see_unpaid


@require_GET
def unpaid(request: HttpRequest) -> HttpResponseBase:
    """The unpaid deliveries one may see."""
    require(can_see_unpaid(request.user))
    return list_page(request, UnpaidList)
