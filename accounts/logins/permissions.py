"""Who makes accounts, and who decides about second factors (ORG-1)."""

from typing import Any

from django.utils.translation import gettext as _

from core.permissions import ALLOWED, Decision

# Whose second factor can be asked for.
ASKABLE_ROLES = ("admin", "finance", "manager", "leader")


def can_see_logins(user: Any) -> Decision:
    if user.is_superuser or user.has_role("admin"):
        return ALLOWED
    return Decision(False, _("Accounts are made and looked after by personnel."))


def can_rule_second_factor(user: Any) -> Decision:
    if user.is_superuser or user.has_role("admin", "leader"):
        return ALLOWED
    return Decision(False, _("Personnel or the company leader decides who needs a second factor."))


def can_link(user: Any, person: Any) -> Decision:
    """Whether somebody may make a one-time link for a person."""
    if not (allowed := can_see_logins(user)):
        return allowed
    if person.pk == user.person_id:
        return Decision(False, _("Nobody makes a link for themselves: change the password."))
    if person.has_left:
        return Decision(False, _("Whoever has left does not sign in."))
    return ALLOWED


def can_reset_second_factor(user: Any, other: Any) -> Decision:
    if not (allowed := can_see_logins(user)):
        return allowed
    if other.pk == user.pk:
        return Decision(False, _("Nobody resets a second factor of their own."))
    return ALLOWED
