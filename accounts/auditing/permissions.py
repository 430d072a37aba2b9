"""Who reads the trail of changes, and who the list of openings (ORG-1)."""

from typing import Any

from django.utils.translation import gettext as _

from core.permissions import ALLOWED, Decision

SEE_ALL_CHANGES = ("leader", "manager")
SEE_OPENINGS = ("leader", "admin")


def sees_all_changes(user: Any) -> bool:
    return bool(user.is_superuser or user.has_role(*SEE_ALL_CHANGES))


def can_see_changes(user: Any) -> Decision:
    """Leader and manager see all changes, personnel those of people."""
    if sees_all_changes(user) or user.has_role("admin"):
        return ALLOWED
    return Decision(
        False, _("The list of changes is for the company leader, the manager and personnel.")
    )


def can_see_openings(user: Any) -> Decision:
    if user.is_superuser or user.has_role(*SEE_OPENINGS):
        return ALLOWED
    return Decision(
        False, _("Who opened what is for the company leader and personnel to look through.")
    )
