"""Somebody's scores quarter by quarter, drawn and as a table (KPI-1)."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from performance.models import Appraisal
from performance.rules.periods import Period
from performance.words import period_name

DRAWN = 12
LINE = "#0054a6"


def trend_of(user: Any, person: Person) -> dict[str, Any]:
    """The latest quarters of a person that a user may see, the oldest first. One query."""
    rows = Appraisal.objects.visible_to(user).filter(person=person).order_by("-quarter")
    found = list(rows[:DRAWN])[::-1]
    named = [(each, period_name(Period.parse(each.quarter))) for each in found]
    return {"rows": named, "chart": _chart(found) if len(found) > 1 else None}


def _chart(found: list[Appraisal]) -> dict[str, Any]:
    return {
        "type": "line",
        "data": {
            "labels": [period_name(Period.parse(each.quarter)) for each in found],
            "datasets": [
                {
                    "label": _("Score"),
                    "data": [None if each.score is None else float(each.score) for each in found],
                    "borderColor": LINE,
                    "backgroundColor": LINE,
                    "pointStyle": "rectRot",
                    "pointRadius": 6,
                }
            ],
        },
        "options": {
            "animation": False,
            "maintainAspectRatio": False,
            "scales": {"y": {"min": 0, "max": 100}},
            "plugins": {"legend": {"position": "bottom"}},
        },
    }
