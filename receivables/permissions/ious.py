"""Who records IOUs, who receives their originals, who opens their photos (IOU-1)."""

from typing import Any

from django.utils.translation import gettext as _

from core.files.models import StoredFile
from core.permissions import ALLOWED, Decision
from orders.models import Order
from receivables.models import Iou


def can_record_iou(user: Any, order: Order) -> Decision:
    """The salesperson of the order, who has the customer sign it."""
    if user.person is not None and user.person_id == order.person_id:
        return ALLOWED
    return Decision(False, _("An IOU is recorded by the salesperson of the order."))


def can_receive_originals(user: Any) -> Decision:
    if user.is_superuser or user.has_role("finance"):
        return ALLOWED
    return Decision(False, _("The originals of IOUs go to finance."))


def can_receive_original(user: Any, iou: Iou) -> Decision:
    """Finance, but not for what they sold themselves."""
    if user.person is not None and user.person_id == iou.delivery.order.person_id:
        return Decision(False, _("Somebody else receives the original of your own IOU."))
    return can_receive_originals(user)


def can_open_iou(user: Any, file: StoredFile) -> bool:
    """The photo of an IOU is opened by whoever sees the money of its order."""
    if not file.owner.isdecimal():
        return False
    return Iou.objects.visible_to(user).filter(pk=int(file.owner)).exists()
