"""What goods on loan put on the desk (GOOD-1)."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Loan, LoanRequest
from claims.permissions import can_keep_goods, can_see_loans
from claims.rules import due_back_on
from core import clock
from core.desk import SHOWN, Figure, Waiting, card
from core.panels import Panel
from policy.querysets import policy_book

END_OF_DAY = time(23, 59)


def desk(user: Any) -> Iterator[Panel]:
    if can_keep_goods(user):
        yield from _requests()
    if can_see_loans(user):
        yield from _out(user)


def _requests() -> Iterator[Panel]:
    """Goods that somebody waits for at the counter, the first who asked first."""
    waiting = LoanRequest.objects.waiting()
    rows = list(waiting.select_related("person", "goods").order_by("asked_at")[: SHOWN + 1])
    if rows:
        yield card(
            key="loan-requests",
            title=_("Goods to hand out"),
            icon="hand",
            url=reverse("loan_requests") + "?state=asked",
            waiting=[
                Waiting(
                    text=each.goods.name,
                    url=reverse("goods_one", args=[each.goods.code]),
                    note=f"{each.person.name} · {each.purpose}"
                    if each.purpose
                    else each.person.name,
                )
                for each in rows
            ],
            count=waiting.count() if len(rows) > SHOWN else len(rows),
        )


def _out(user: Any) -> Iterator[Panel]:
    """Goods still out, the longest first, of whom one may see; nothing where nothing is out."""
    book, today = policy_book(), clock.today()
    seen = Loan.objects.visible_to(user)
    out = seen.filter(returned_on=None)
    rows = list(out.select_related("person").order_by("lent_at", "id")[:SHOWN])
    if not rows and not user.has_role("keeper"):
        return
    late = seen.overdue(today, book=book).count()
    figures = [Figure(_("Overdue"), late, reverse("overdue_loans"))]
    if can_keep_goods(user):
        figures.append(Figure(_("Due back today"), out.due_back(today, book=book).count()))
    yield card(
        key="loans",
        title=_("Goods on loan"),
        icon="package",
        url=reverse("loans") + "?state=out",
        figures=figures,
        waiting=[
            Waiting(
                text=loan.item,
                url=reverse("loan", args=[loan.pk]),
                note=f"{loan.loan_no} · {loan.person.name}",
                due=clock.at(due_back_on(clock.local_date(loan.lent_at), today, book), END_OF_DAY),
            )
            for loan in rows
        ],
        count=out.count(),
        empty=_("All goods are back."),
    )
