"""What people are told of the daily look at goods on loan."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import ngettext


def outcome(found: Mapping[str, Any]) -> str:
    overdue = found["overdue"]
    return ngettext("%(overdue)s loan overdue", "%(overdue)s loans overdue", overdue) % {
        "overdue": overdue
    }
