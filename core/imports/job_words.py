"""What people are told of a look at files, or of a load."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def outcome(found: Mapping[str, Any]) -> str:
    if found["loaded"]:
        return _("loaded: %(new)s new, %(changed)s changed, %(wrong)s wrong") % found
    return _("looked through: %(new)s new, %(changed)s changed, %(wrong)s wrong") % found
