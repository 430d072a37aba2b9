"""What people are told of a look for suspicions: how many, and of nobody."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def outcome(found: Mapping[str, Any]) -> str:
    return _("raised: %(raised)s") % {"raised": found["raised"]}
