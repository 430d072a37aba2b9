"""What people are told of a simulation that ran."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import ngettext


def outcome(found: Mapping[str, Any]) -> str:
    return ngettext(
        "differs for %(differing)s of %(people)s person",
        "differs for %(differing)s of %(people)s people",
        found["people"],
    ) % {"differing": found["differing"], "people": found["people"]}
