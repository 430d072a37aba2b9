"""What people are told of the jobs about customers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def likeness(found: Mapping[str, Any]) -> str:
    return _("%(indexed)s firms") % found
