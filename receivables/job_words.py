"""What people are told of the daily look at unpaid deliveries."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def outcome(found: Mapping[str, Any]) -> str:
    return (
        _("%(open)s unpaid: %(new)s new, %(escalated)s newly escalated; %(settled)s settled")
        % found
    )
