"""What days put on the desk: what waits for one's word, and one's own that waits (ATT-1, ATT-6)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from attendance.kinds import KINDS, OUTINGS, Kind
from attendance.permissions.explaining import DECIDES_DAYS, can_explain
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel

NEWS = timedelta(days=7)  # so long a refusal stands on the desk


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role(*DECIDES_DAYS):
        for kind in KINDS:
            yield from _to_decide(user, kind)
    if can_explain(user):
        yield from _own(user)


def _to_decide(user: Any, kind: Kind) -> Iterator[Panel]:
    """What waits for one's own word, the oldest first; none where none waits."""
    waiting = kind.model.objects.to_decide_by(user)
    rows = list(waiting.select_related("person").order_by("filed_at", "id")[: SHOWN + 1])
    if rows:
        yield card(
            key=f"decide-{kind.slug}",
            title=kind.to_decide,
            icon=kind.icon,
            url=reverse("asked_to_decide", args=[kind.slug]),
            waiting=[
                Waiting(
                    text=f"{each.person.name} · {kind.when(each)}",
                    url=reverse("asked", args=[kind.slug, each.pk]),
                    note=each.purpose if kind is OUTINGS else each.reason,
                )
                for each in rows
            ],
            count=waiting.count() if len(rows) > SHOWN else len(rows),
        )


def _own(user: Any) -> Iterator[Panel]:
    """What of one's own waits, and what was refused of late."""
    rows = [(kind, row) for kind in KINDS for row in _own_of(user, kind)]
    if rows:
        yield card(
            key="own-days",
            title=_("My days"),
            icon="message-square-text",
            url=reverse("explain"),
            waiting=[
                Waiting(
                    text=f"{kind.one} · {kind.when(row)}",
                    url=reverse("asked", args=[kind.slug, row.pk]),
                    note=_("waits for a decision")
                    if row.status == "pending"
                    else _("refused: %(reason)s") % {"reason": row.reply},
                )
                for kind, row in rows[:SHOWN]
            ],
            count=len(rows),
        )


def _own_of(user: Any, kind: Kind) -> list[Any]:
    own = kind.model.objects.filter(person=user.person)
    refused = own.filter(status="rejected", decided_at__gte=clock.now() - NEWS)
    return list((own.waiting() | refused).order_by("-status", "-pk")[: SHOWN + 1])
