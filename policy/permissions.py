"""Who may do what with the policy and the calendar (ORG-1). The rules are everybody's to read."""

from typing import Any

from django.utils.translation import gettext as _

from core.permissions import ALLOWED, Decision
from policy.models import PolicyDraft
from policy.querysets import DRAFT_POLICY, EDIT_CALENDAR, PUT_IN_FORCE


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def can_see_versions(user: Any) -> Decision:
    """The versions and drafts; what counts today, and since when, everybody reads in the rules."""
    if _holds(user, *DRAFT_POLICY, "leader"):
        return ALLOWED
    return Decision(
        False,
        _("Versions and drafts are for the manager, finance, personnel and the company leader."),
    )


def can_draft(user: Any) -> Decision:
    if _holds(user, *DRAFT_POLICY):
        return ALLOWED
    return Decision(False, _("A draft is written by the manager, finance or personnel."))


def can_change(user: Any, draft: PolicyDraft) -> Decision:
    return can_draft(user) and _is_open(draft)


def may_put(user: Any) -> Decision:
    """Who puts versions in force at all; who did it is on record, whoever wrote the draft."""
    if _holds(user, *PUT_IN_FORCE):
        return ALLOWED
    return Decision(False, _("A version is put in force by the company leader or the manager."))


def can_put(user: Any, draft: PolicyDraft) -> Decision:
    return may_put(user) and _is_open(draft)


def may_discard(user: Any) -> Decision:
    return ALLOWED if _holds(user, *PUT_IN_FORCE) else can_draft(user)


def can_discard(user: Any, draft: PolicyDraft) -> Decision:
    return may_discard(user) and _is_open(draft)


def _is_open(draft: PolicyDraft) -> Decision:
    if draft.is_open:
        return ALLOWED
    return Decision(False, _("This draft has been decided on: it stays as it is."))


def can_edit_calendar(user: Any) -> Decision:
    if _holds(user, *EDIT_CALENDAR):
        return ALLOWED
    return Decision(False, _("The calendar is kept by personnel and the manager."))
