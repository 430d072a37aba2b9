"""What people are told of a reckoned quarter: how many, and of nobody."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def outcome(found: Mapping[str, Any]) -> str:
    return _("people: %(people)s, new: %(new)s, changed: %(changed)s") % found
