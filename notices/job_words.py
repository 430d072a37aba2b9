"""What people are told of the jobs that tell others."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def outgoing(found: Mapping[str, Any]) -> str:
    return _("%(sent)s messages sent, %(refused)s refused, %(unsure)s perhaps sent") % found


def reminders(found: Mapping[str, Any]) -> str:
    return _("%(told)s reminders, %(board)s board notices announced") % found


def spelling(found: Mapping[str, Any]) -> str:
    return _("%(spelled)s names") % found
