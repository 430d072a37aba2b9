"""Who may record and read visits (VIS-1, ORG-1). Whose one may see is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import may_decide
from core.files.models import StoredFile
from core.permissions import ALLOWED, Decision
from customers.models import Visit
from customers.querysets.files import SEE_ALL_CUSTOMERS

LEADS = ("supervisor", *SEE_ALL_CUSTOMERS)


def leads_sellers(user: Any) -> bool:
    return bool(user.is_superuser or user.has_role(*LEADS))


def can_see_visits(user: Any) -> Decision:
    if leads_sellers(user) or user.has_role("salesperson"):
        return ALLOWED
    return Decision(
        False,
        _("Visits are for salespeople, supervisors, the manager and the company leader."),
    )


def can_record_visit(user: Any) -> Decision:
    if user.person is not None and user.person.has_role("salesperson"):
        return ALLOWED
    return Decision(False, _("Visits are recorded by salespeople."))


def is_own(user: Any, person_id: int) -> bool:
    return user.person_id is not None and user.person_id == person_id


def can_tick_step(user: Any, visit: Visit) -> Decision:
    if is_own(user, visit.person_id):
        return ALLOWED
    return Decision(False, _("A next step is ticked by whoever takes it."))


def can_add_photos(user: Any, visit: Visit) -> Decision:
    if is_own(user, visit.person_id):
        return ALLOWED
    return Decision(False, _("Photos are added by whoever made the visit."))


def can_void(user: Any, visit: Visit) -> Decision:
    """Who leads the salesperson, the manager, the leader; never one's own (VIS-1, ORG-1)."""
    if visit.void:
        return Decision(False, _("The visit is void already."))
    return may_decide(user, visit.person)


def can_answer_void(user: Any, visit: Visit) -> Decision:
    if not is_own(user, visit.person_id):
        return Decision(False, _("To a void visit answers whoever made it."))
    if not visit.void or visit.replied_at or visit.settled_at:
        return Decision(False, _("There is nothing to answer any more."))
    return ALLOWED


def can_settle_void(user: Any, visit: Visit) -> Decision:
    """Restore it or let it stay void: another than who voided it (ORG-1)."""
    if not visit.void or visit.settled_at:
        return Decision(False, _("There is nothing to decide any more."))
    if visit.voided_by_id is not None and visit.voided_by_id == user.pk:
        return Decision(False, _("Whether it stays void is decided by somebody else than you."))
    return may_decide(user, visit.person)


def can_open_visit_photo(user: Any, file: StoredFile) -> bool:
    """A photo is opened by whoever may see the visit now."""
    seen = Visit.objects.visible_to(user)
    return file.owner.isdecimal() and seen.filter(pk=int(file.owner)).exists()
