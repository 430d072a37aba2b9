"""The page that says why a charge stands: a fine of lateness is explained from there (ATT-1)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from attendance.incidents import OPEN_AGAIN
from attendance.models import Excuse
from attendance.permissions.explaining import can_explain
from core.months import Month
from core.panels import Panel
from payroll.models import PayMonth


def charge(user: Any, key: str) -> Iterator[Panel]:
    """Of one's own fine, while its month is not final: what was said about it, or a way to say it.
    Two queries, and none about anything else."""
    rule, _slash, rest = key.partition("/")
    if rule != "ATT-2" or rest.count("/") != 2 or not can_explain(user):
        return
    whose, on, side = rest.split("/")
    if whose != user.person.employee_no:
        return
    day = date.fromisoformat(on)
    excuse = Excuse.objects.filter(person=user.person, date=day, side=side).first()
    final = PayMonth.objects.filter(month=Month.of(day), state=PayMonth.State.FINAL).exists()
    explaining = not final and (excuse is None or excuse.status in OPEN_AGAIN)
    if excuse or explaining:
        yield Panel(
            key="explain",
            title=_("Explanation"),
            template="attendance/_charge_panel.html",
            context={"day": day, "side": side, "excuse": excuse, "explaining": explaining},
        )
