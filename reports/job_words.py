"""What people are told of the job that makes the coming days ready."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def outcome(found: Mapping[str, Any]) -> str:
    return _("meetings made: %(meetings)s; turns of cleaning made or changed: %(cleaning)s") % {
        "meetings": found["meetings"],
        "cleaning": found["cleaning"],
    }
