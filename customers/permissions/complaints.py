"""Who may do what with complaints (COM-1, ORG-1). Whose one may see is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import may_decide
from accounts.querysets import led_ids
from core.files.models import StoredFile
from core.permissions import ALLOWED, Decision
from customers.models import Complaint, Customer
from customers.permissions.files import can_see_files
from customers.querysets.complaints import SEE_ALL_COMPLAINTS


def can_take(user: Any) -> Decision:
    """Take a complaint in, and look for one's own: whoever works here, in whatever role."""
    if user.is_superuser or user.person is not None:
        return ALLOWED
    return Decision(False, _("Complaints are for whoever works here."))


def can_assign(user: Any, row: Complaint) -> Decision:
    """Say who handles it: who decides about whom it is about (ORG-1); where it is about nobody,
    the supervisor of whoever took it in, the manager or the leader."""
    if user.person is None:
        return Decision(False, _("Complaints are for whoever works here."))
    if row.about is not None:
        return may_decide(user, row.about)
    if user.has_role(*SEE_ALL_COMPLAINTS) or row.taken_by_id in led_ids(user):
        return ALLOWED
    return Decision(False, _("Complaints are assigned by the supervisor or the manager."))


def can_handle(user: Any, row: Complaint) -> Decision:
    """Write steps, answer, ask the customer, close: whoever it was given to, or who gives it;
    never whom it is about."""
    if user.person_id is None:
        return Decision(False, _("Complaints are for whoever works here."))
    if user.person_id == row.about_id:
        return Decision(False, _("Nobody handles a complaint about themselves."))
    if user.person_id == row.handler_id:
        return ALLOWED
    assigning = can_assign(user, row)
    if assigning:
        return ALLOWED
    return Decision(False, _("A complaint is handled by whoever it was given to."))


def can_tie(user: Any, row: Complaint) -> Decision:
    """Say whose file it belongs to: who handles it and sees files; one that another file is named
    for, of those they see (CUS-2)."""
    handling = can_handle(user, row)
    if not handling:
        return handling
    seeing = can_see_files(user)
    if not seeing or row.customer_id is None:
        return seeing
    if Customer.objects.visible_to(user).filter(pk=row.customer_id).exists():
        return ALLOWED
    return Decision(False, _("It belongs to a file already that is not yours to see."))


def can_reply(user: Any, row: Complaint) -> Decision:
    """Say one's side: whom it is about, from the hearing on."""
    if user.person_id is None or user.person_id != row.about_id:
        return Decision(False, _("Whom it is about says their side."))
    if row.hearing_at is None:
        return Decision(False, _("The hearing has not begun."))
    if row.state == Complaint.State.CONFIRMED:
        return Decision(False, _("The customer has confirmed that it is solved."))
    return ALLOWED


def can_open_photo(user: Any, file: StoredFile) -> bool:
    """A photo is opened by whoever may see the complaint now."""
    rows = Complaint.objects.visible_to(user)
    return file.owner.isdecimal() and rows.filter(pk=int(file.owner)).exists()
