"""What is due: goods on loan that should be back (GOOD-1)."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from claims.lists.due import LoanList
from claims.permissions import can_see_loans
from core.lists import list_page
from core.permissions import require


@require_GET
def overdue_loans(request: HttpRequest) -> HttpResponseBase:
    """The overdue loans one may see."""
    require(can_see_loans(request.user))
    return list_page(request, LoanList)
