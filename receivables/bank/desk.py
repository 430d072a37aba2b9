"""What the bank puts on finance's desk: lines to look at, days not reconciled."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.desk import SHOWN, Figure, Waiting, card
from core.money import ZERO
from core.panels import Panel
from core.templatetags.house import day, yuan_text
from receivables.bank.models import BankDay, BankLine
from receivables.bank.querysets import SEE_BANK


def desk(user: Any) -> Iterator[Panel]:
    """The oldest days first. Two queries."""
    if not user.has_role(*SEE_BANK):
        return
    days = (
        BankLine.objects.left()
        .order_by("day")
        .values("day")
        .annotate(lines=Count("id"), amount=Sum("amount"))
    )
    rows = list(days)
    last = BankDay.objects.exclude(reconciled_at=None).values_list("day", flat=True).first()
    if not rows and last is None:
        return
    yield card(
        key="bank",
        title=_("Bank to reconcile"),
        icon="landmark",
        url=reverse("bank"),
        figures=[
            Figure(_("Lines to look at"), sum(row["lines"] for row in rows)),
            Figure(_("Money on them"), yuan_text(sum((row["amount"] for row in rows), ZERO))),
        ],
        waiting=[
            Waiting(
                text=_("%(day)s is not reconciled") % {"day": day(row["day"])},
                url=f"{reverse('bank_lines')}?day={row['day']}&state=left",
                note=ngettext("%(n)s line left", "%(n)s lines left", row["lines"])
                % {"n": row["lines"]}
                + f" · {yuan_text(row['amount'])}",
            )
            for row in rows[:SHOWN]
        ],
        count=len(rows),
        empty=_("Reconciled up to %(day)s.") % {"day": day(last)} if last else "",
    )
