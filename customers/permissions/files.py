"""Who may do what with customers' files (CUS-1, CUS-2). Whose one may see is in `querysets`."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.querysets import led_ids
from core import clock
from core.files.models import StoredFile
from core.permissions import ALLOWED, Decision
from customers.models import Customer, ExportGrant
from customers.querysets.files import SEE_ALL_CUSTOMERS


def can_see_files(user: Any) -> Decision:
    if user.is_superuser or user.has_role(*SEE_ALL_CUSTOMERS, "supervisor", "salesperson"):
        return ALLOWED
    return Decision(
        False,
        _(
            "Customers' files are trade secrets: they are for salespeople, supervisors, the "
            "manager and the company leader."
        ),
    )


def can_add_file(user: Any) -> Decision:
    """Opening a file: whoever sells, leads those who do, or the manager."""
    if user.is_superuser or user.has_role("salesperson", "supervisor", "manager"):
        return ALLOWED
    return Decision(
        False, _("Customers' files are opened by salespeople, supervisors and the manager.")
    )


def can_keep(user: Any, file: Customer) -> Decision:
    """Keeping a file: its owner, who leads them, the manager (CUS-1)."""
    is_own = user.person_id is not None and user.person_id == file.owner_id
    if is_own or user.is_superuser or user.has_role("manager") or file.owner_id in led_ids(user):
        return ALLOWED
    return Decision(
        False, _("A customer's file is kept by its owner, who leads them, and the manager.")
    )


def can_change_owner(user: Any) -> Decision:
    if user.is_superuser or user.has_role("manager"):
        return ALLOWED
    return Decision(False, _("A file is passed to another owner by the manager."))


def can_export(user: Any) -> Decision:
    """Taking files out is a right of its own: the heads', and whose the leader made it (CUS-2)."""
    if user.is_superuser or user.has_role(*SEE_ALL_CUSTOMERS):
        return ALLOWED
    given = ExportGrant.objects.active(clock.today()).filter(person=user.person_id)
    if user.person_id is not None and given.exists():
        return ALLOWED
    return Decision(
        False,
        _("Taking customers' files out is a right of its own: the company leader gives it."),
    )


def can_see_export_rights(user: Any) -> Decision:
    if user.is_superuser or user.has_role(*SEE_ALL_CUSTOMERS):
        return ALLOWED
    return Decision(False, _("Who may take files out is for the manager and the company leader."))


def can_give_export(user: Any) -> Decision:
    if user.is_superuser or user.has_role("leader"):
        return ALLOWED
    return Decision(False, _("The right to take files out is given by the company leader."))


def can_merge(user: Any) -> Decision:
    """Two files of one firm: whoever sees both and decides whose customer it is."""
    if user.is_superuser or user.has_role("manager"):
        return ALLOWED
    return Decision(False, _("Files are merged by the manager."))


def can_open_attachment(user: Any, file: StoredFile) -> bool:
    """Papers of a customer are opened by whoever sees the file, or that which took its place."""
    if not file.owner.isdecimal():
        return False
    of_it = Q(pk=int(file.owner)) | Q(merged=int(file.owner))
    return Customer.objects.visible_to(user).filter(of_it).exists()


def attachment_concerns(file: StoredFile) -> str:
    """Whom a paper concerns: the customer, and nobody of the house."""
    return ""
