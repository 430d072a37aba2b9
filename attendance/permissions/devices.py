"""Who keeps the attendance machines (ORG-1)."""

from typing import Any

from django.utils.translation import gettext as _

from core.permissions import ALLOWED, Decision


def can_keep_devices(user: Any) -> Decision:
    if user.is_superuser or user.has_role("admin"):
        return ALLOWED
    return Decision(False, _("Attendance machines are kept by personnel."))
