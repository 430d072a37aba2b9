"""What claims put on the desk: those that wait for one's word, and one's own (EXP)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Expense
from claims.permissions import can_claim
from claims.querysets import DECIDES_CLAIMS
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import day, yuan_text

NEWS = timedelta(days=7)  # so long a refusal stands on the desk


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role(*DECIDES_CLAIMS):
        yield from _to_decide(user)
    if can_claim(user):
        yield from _own(user)


def _to_decide(user: Any) -> Iterator[Panel]:
    """Claims that wait for one's own word, the oldest first; none where none waits."""
    waiting = Expense.objects.to_decide_by(user)
    rows = list(waiting.select_related("person").order_by("spent_on", "id")[: SHOWN + 1])
    if rows:
        yield card(
            key="claims",
            title=_("Claims to decide"),
            icon="receipt",
            url=reverse("expenses_to_decide"),
            waiting=[
                Waiting(
                    text=f"{each.person.name} · {each.get_kind_display()}",
                    url=reverse("expense", args=[each.pk]),
                    note=f"{yuan_text(each.amount)} · {day(each.spent_on)}",
                )
                for each in rows
            ],
            count=waiting.count() if len(rows) > SHOWN else len(rows),
        )


def _own(user: Any) -> Iterator[Panel]:
    """One's own claims that wait, and those refused of late."""
    own = Expense.objects.filter(person=user.person)
    refused = own.filter(
        approved_on=None, ended=Expense.Ended.REFUSED, decided_at__gte=clock.now() - NEWS
    )
    found = own.waiting() | refused
    rows = list(found.order_by("-ended", "-pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="own-claims",
            title=_("My claims"),
            icon="receipt",
            url=reverse("expenses"),
            waiting=[
                Waiting(
                    text=f"{each.get_kind_display()} · {yuan_text(each.amount)}",
                    url=reverse("expense", args=[each.pk]),
                    note=_("refused: %(reason)s") % {"reason": each.reply}
                    if each.ended
                    else _("waits for approval"),
                )
                for each in rows
            ],
            count=found.count() if len(rows) > SHOWN else len(rows),
        )
