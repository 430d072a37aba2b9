"""What people are told of the daily look at positions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def outcome(found: Mapping[str, Any]) -> str:
    return _("%(taken)s took effect, %(left)s left, %(stuck)s cannot take effect") % found
