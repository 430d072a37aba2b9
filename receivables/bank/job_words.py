"""What people are told of a look at the bank's lines."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def outcome(found: Mapping[str, Any]) -> str:
    return _("%(matched)s matched, %(doubtful)s doubtful, %(unmatched)s unmatched") % found
