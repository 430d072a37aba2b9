"""Cutoffs as a chart. The page has the same figures as a table."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from receivables.querysets.at_cutoff import TrendMonth

HANDED_IN, IN_HAND = "#1d5cbf", "#c2410c"


def trend_chart(months: Sequence[TrendMonth]) -> dict[str, Any]:
    """What Chart.js draws: money handed in and in hand at each cutoff, in yuan."""
    return {
        "type": "bar",
        "data": {
            "labels": [str(each.month) for each in months],
            "datasets": [
                _set(_("Handed in"), HANDED_IN, [str(each.handed_in) for each in months]),
                _set(_("In hand at the cutoff"), IN_HAND, [str(each.in_hand) for each in months]),
            ],
        },
        "options": {
            "maintainAspectRatio": False,
            "animation": False,
            "scales": {"x": {"stacked": True}, "y": {"stacked": True, "beginAtZero": True}},
            "plugins": {"legend": {"position": "bottom"}},
        },
    }


def _set(label: str, colour: str, values: Sequence[str]) -> dict[str, Any]:
    return {"label": label, "data": list(values), "backgroundColor": colour}
