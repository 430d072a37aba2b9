"""What suspicions put on the desk: those that wait for a decision (DIS-3). No names: a desk is seen
over a shoulder."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from conduct.models import Suspicion
from conduct.suspicions.querysets import DECIDES
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import day


def desk(user: Any) -> Iterator[Panel]:
    """The oldest first. Two queries."""
    if not user.has_role(*DECIDES):
        return
    waiting = Suspicion.objects.visible_to(user).open()
    rows = list(waiting.order_by("pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="suspicions",
            title=_("Suspicions"),
            icon="scan-search",
            url=reverse("suspicions") + "?state=open",
            waiting=[
                Waiting(
                    text=row.get_kind_display(),
                    url=reverse("suspicion", args=[row.pk]),
                    note=day(clock.local_date(row.found_at)),
                )
                for row in rows
            ],
            count=waiting.count() if len(rows) > SHOWN else len(rows),
        )
