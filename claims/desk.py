"""What goods on loan put on the desk (GOOD-1)."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Loan
from claims.permissions import can_see_loans
from claims.rules import due_back_on
from core import clock
from core.desk import SHOWN, Figure, Waiting, card
from core.panels import Panel
from policy.querysets import policy_book

END_OF_DAY = time(23, 59)


def desk(user: Any) -> Iterator[Panel]:
    """Goods still out, the longest first, of whom one may see; nothing where nothing is out."""
    if not can_see_loans(user):
        return
    book, today = policy_book(), clock.today()
    seen = Loan.objects.visible_to(user)
    out = seen.filter(returned_on=None)
    rows = list(out.select_related("person").order_by("lent_at", "id")[:SHOWN])
    if not rows and not user.has_role("keeper"):
        return
    yield card(
        key="loans",
        title=_("Goods on loan"),
        icon="package",
        url=reverse("overdue_loans"),
        figures=[Figure(_("Overdue"), seen.overdue(today, book=book).count())],
        waiting=[
            Waiting(
                text=loan.item,
                note=f"{loan.loan_no} · {loan.person.name}",
                due=clock.at(due_back_on(clock.local_date(loan.lent_at), today, book), END_OF_DAY),
            )
            for loan in rows
        ],
        count=out.count(),
        empty=_("All goods are back."),
    )
