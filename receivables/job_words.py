"""What people are told of the daily look at unpaid deliveries."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def outcome(found: Mapping[str, Any]) -> str:
    said = (
        _("%(open)s unpaid: %(new)s new, %(escalated)s newly escalated; %(settled)s settled")
        % found
    )
    if found.get("kept") or found.get("broken"):
        said += "; " + _("promises: %(kept)s kept, %(broken)s broken") % found
    return said
