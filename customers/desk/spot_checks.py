"""Spot checks on the desk: to judge, to reply to, to decide on (VIS-3)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.deciding import to_decide_by
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from customers.models import SpotCheck
from customers.permissions.visits import can_record_visit, leads_sellers


def desk(user: Any) -> Iterator[Panel]:
    if leads_sellers(user) and user.person is not None:
        yield from _to_judge(user)
    if user.has_role("manager", "leader"):
        yield from _to_answer(user)
    if can_record_visit(user):
        yield from _own(user)


def _to_judge(user: Any) -> Iterator[Panel]:
    """Customers drawn by oneself, without a verdict."""
    drawn = SpotCheck.objects.to_judge(clock.today()).filter(draw__drawn_by=user)
    yield from _card(
        drawn.select_related("draw").order_by("draw__judge_by", "pk"),
        key="checks-to-judge",
        title=_("Spot checks to finish"),
        until=lambda row: row.draw.judge_by,
    )


def _to_answer(user: Any) -> Iterator[Panel]:
    """Replies that wait for another than the checker."""
    replied = to_decide_by(SpotCheck.objects.replied(), user).exclude(checked_by=user)
    yield from _card(
        replied.order_by("replied_at", "pk"),
        key="check-replies",
        title=_("Replies to spot checks"),
        note=lambda row: row.reply,
    )


def _own(user: Any) -> Iterator[Panel]:
    """Where no record was found at one's own customers, and a reply is still in time."""
    own = SpotCheck.objects.filter(person=user.person).to_reply(clock.today())
    yield from _card(
        own.order_by("reply_until", "pk"),
        key="check-found",
        title=_("No record found at a spot check"),
        until=lambda row: row.reply_until,
    )


def _card(
    found: Any, *, key: str, title: str, until: Any = None, note: Any = None
) -> Iterator[Panel]:
    rows = list(found.select_related("person", "customer")[: SHOWN + 1])
    if not rows:
        return
    yield card(
        key=key,
        title=title,
        icon="search-check",
        url=reverse("spot_checks"),
        waiting=[
            Waiting(
                text=f"{row.person.name} · {row.customer.name}",
                url=reverse("spot_check", args=[row.pk]),
                note=note(row) if note else "",
                due=clock.end_of(until(row)) - timedelta(minutes=1) if until else None,
            )
            for row in rows
        ],
        count=found.count() if len(rows) > SHOWN else len(rows),
    )
