"""Claims, goods and loans in the search box: by their own number, an order's, or what the piece is
called (EXP-1, GOOD-1)."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Expense, Goods, Loan
from claims.permissions import can_see_claims, can_see_loans
from core.search import Hit, SearchGroup, best_first
from core.spelling import words_of


def expenses(user: Any, words: str, limit: int) -> SearchGroup | None:
    if not can_see_claims(user):
        return None
    by_words = Q(claim_no__icontains=words) | Q(order__order_no__icontains=words)
    rows = Expense.objects.visible_to(user).filter(by_words)
    found = best_first(rows, "claim_no", words).select_related("order", "person")
    return SearchGroup(
        title=_("Expenses"),
        icon="receipt",
        hits=[
            Hit(
                label=f"{row.claim_no} {row.order.order_no}",
                note=row.person.name,
                url=reverse("expense", args=[row.pk]),
                exact=row.claim_no.lower() == words,
            )
            for row in found[:limit]
        ],
    )


def goods(user: Any, words: str, limit: int) -> SearchGroup | None:
    """The register: who has a piece is another question."""
    if not can_see_loans(user):
        return None
    by_words = Q(code__icontains=words) | Q(name__icontains=words) | Q(serial_no__icontains=words)
    rows = Goods.objects.visible_to(user).filter(by_words)
    return SearchGroup(
        title=_("Goods"),
        icon="package",
        hits=[
            Hit(
                label=f"{row.code} {row.name}",
                note=row.place,
                url=reverse("goods_one", args=[row.code]),
                exact=words in (words_of(row.code), words_of(row.serial_no)),
            )
            for row in best_first(rows, "code", words, "name")[:limit]
        ],
    )


def loans(user: Any, words: str, limit: int) -> SearchGroup | None:
    if not can_see_loans(user):
        return None
    by_words = Q(loan_no__icontains=words) | Q(item__icontains=words)
    rows = Loan.objects.visible_to(user).filter(by_words | Q(goods__code__icontains=words))
    found = best_first(rows, "loan_no", words, "item").select_related("person")
    return SearchGroup(
        title=_("Goods on loan"),
        icon="package-open",
        hits=[
            Hit(
                label=f"{row.loan_no} {row.item}",
                note=row.person.name,
                url=reverse("loan", args=[row.pk]),
                exact=row.loan_no.lower() == words,
            )
            for row in found[:limit]
        ],
    )
