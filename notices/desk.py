"""What the notice board puts on everybody's desk: what they have not read (NOTE-1)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from notices.models import BoardNotice

COUNTED = 99  # whoever has not read so many need not know how many more there are


def desk(user: Any) -> Iterator[Panel]:
    """The unread notices, pinned ones first. One query."""
    if user.person is None:
        return
    rows = list(BoardNotice.objects.unread_by(user.person)[:COUNTED])
    if rows:
        yield card(
            key="board",
            title=_("Notice board"),
            icon="megaphone",
            url=reverse("board"),
            waiting=[
                Waiting(
                    text=row.title,
                    url=reverse("board_notice", args=[row.pk]),
                    note=_("to be confirmed as read") if row.to_confirm else "",
                )
                for row in rows[:SHOWN]
            ],
            count=len(rows),
        )
