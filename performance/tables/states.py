"""How the state of an appraisal or an activity is shown."""

from typing import Any

from django.utils.safestring import SafeString

from reports.tables.meetings import badge

SHADES = {
    "draft": "planned",
    "told": "open",
    "acknowledged": "done",
    "objected": "overdue",
    "decided": "done",
    "asked": "open",
    "approved": "planned",
    "refused": "called_off",
    "held": "held",
    "called_off": "called_off",
}


def state_badge(row: Any) -> SafeString:
    """How it stands, for a list or a page."""
    return badge(SHADES[row.state], row.get_state_display())
