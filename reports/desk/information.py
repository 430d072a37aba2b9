"""What information from the road puts on the manager's desk: news to read (INFO-1)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import moment
from reports.models import Information

LATELY = timedelta(days=30)  # what is older is found in the list


def desk(user: Any) -> Iterator[Panel]:
    """What the manager has not read yet, what was told at once on top. Two queries."""
    if not user.has_role("manager"):
        return
    lately: Any = Information.objects.visible_to(user).filter(filed_at__gte=clock.now() - LATELY)
    unread = lately.with_read(user).filter(is_read=False).exclude(person=user.person_id)
    rows = list(unread.order_by("-urgent", "-important", "-filed_at", "-pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="information",
            title=_("News to read"),
            icon="newspaper",
            url=reverse("information") + "?state=unread",
            waiting=[
                Waiting(
                    text=row.title,
                    url=reverse("information_one", args=[row.pk]),
                    note=_note(row),
                )
                for row in rows
            ],
            count=unread.count() if len(rows) > SHOWN else len(rows),
        )


def _note(row: Information) -> str:
    said = f"{row.get_kind_display()} · {moment(row.filed_at)}"
    return f"{_('urgent')} · {said}" if row.urgent else said
