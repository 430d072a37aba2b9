"""What is due: goods on loan that should be back (GOOD-1)."""

from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from claims.filters import LoanFilter
from claims.models import Loan
from claims.permissions import can_see_loans
from claims.querysets import SEE_ALL_GOODS
from claims.tables import LoanTable
from core import clock
from core.lists import arrange, is_fragment
from core.money import ZERO
from core.navigation import due_tabs
from core.permissions import require
from policy.clauses import clause_of
from policy.querysets import policy_book


@require_GET
def overdue_loans(request: HttpRequest) -> HttpResponse:
    """The overdue loans one may see: search, filter, sort, page; the sum is of all found."""
    user: Any = request.user
    require(can_see_loans(user))
    book = policy_book()
    seen = Loan.objects.visible_to(user).overdue(clock.today(), book=book)
    found = LoanFilter(request.GET or None, queryset=seen, request=request)
    sees_others = user.is_superuser or user.has_role(*SEE_ALL_GOODS, "supervisor")
    rows = found.qs.select_related("person")
    context = {
        "tabs": due_tabs(request),
        "filter": found,
        "sees_others": sees_others,
        "is_filtered": any(request.GET.get(name) for name in ("q", "whose")),
        "table": arrange(
            request, LoanTable(rows, book=book, exclude=() if sees_others else ("person",))
        ),
        "worth": found.qs.aggregate(worth=Sum("price", default=ZERO))["worth"],
        "clause": clause_of("GOOD-1"),
    }
    template = "claims/_loans_found.html" if is_fragment(request) else "claims/loans.html"
    return render(request, template, context)
