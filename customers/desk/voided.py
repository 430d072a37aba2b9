"""Void visits on the desk: one's own of late, and answers that wait for one's word (VIS-1)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.deciding import to_decide_by
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import day
from customers.models import Visit
from customers.permissions.visits import can_record_visit, leads_sellers

NEWS = timedelta(days=7)  # so long what was voided stands on the desk


def desk(user: Any) -> Iterator[Panel]:
    if leads_sellers(user):
        yield from _to_decide(user)
    if can_record_visit(user):
        yield from _own(user)


def _to_decide(user: Any) -> Iterator[Panel]:
    """Answers of one's people to what somebody else voided."""
    answered = to_decide_by(Visit.objects.answered(), user).exclude(voided_by=user)
    rows = list(answered.select_related("person", "customer").order_by("replied_at")[: SHOWN + 1])
    if rows:
        yield card(
            key="void-answers",
            title=_("Void visits to decide"),
            icon="ban",
            url=reverse("visits") + "?state=void",
            waiting=[
                Waiting(
                    text=f"{row.person.name} · {row.customer.name}",
                    url=reverse("visit", args=[row.pk]),
                    note=row.reply,
                )
                for row in rows
            ],
            count=answered.count() if len(rows) > SHOWN else len(rows),
        )


def _own(user: Any) -> Iterator[Panel]:
    """Own visits voided of late, not answered yet."""
    own = Visit.objects.filter(person=user.person, void=True, replied_at=None, settled_at=None)
    voided = own.filter(voided_at__gte=clock.now() - NEWS)
    rows = list(voided.select_related("customer").order_by("voided_at")[: SHOWN + 1])
    if rows:
        yield card(
            key="void-visits",
            title=_("Your void visits"),
            icon="ban",
            url=reverse("visits") + "?state=void",
            waiting=[
                Waiting(
                    text=f"{row.customer.name} · {day(row.at)}",
                    url=reverse("visit", args=[row.pk]),
                    note=row.void_reason,
                )
                for row in rows
            ],
            count=voided.count() if len(rows) > SHOWN else len(rows),
        )
