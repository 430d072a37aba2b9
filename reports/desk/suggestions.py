"""What suggestions put on the desk: those that wait for one's answer (REP-4)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.deciding import to_decide_by
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import moment
from reports.models import Suggestion


def desk(user: Any) -> Iterator[Panel]:
    """The oldest first. One query, or two."""
    if user.person is None or not user.has_role("supervisor", "manager", "leader", "admin"):
        return
    seen = Suggestion.objects.visible_to(user).filter(state=Suggestion.State.OPEN)
    waiting = to_decide_by(seen, user)
    rows = list(waiting.select_related("person").order_by("made_at", "pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="suggestions",
            title=_("Suggestions to answer"),
            icon="lightbulb",
            url=reverse("suggestions") + "?state=open",
            waiting=[
                Waiting(
                    text=row.title,
                    url=reverse("suggestion", args=[row.pk]),
                    note=f"{row.person.name} · {moment(row.made_at)}",
                )
                for row in rows
            ],
            count=waiting.count() if len(rows) > SHOWN else len(rows),
        )
