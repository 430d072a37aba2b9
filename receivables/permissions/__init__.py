"""Who may do what with collections (ORG-1), a file a subject."""

from receivables.permissions.invoices import (
    can_cancel_invoice,
    can_issue_invoice,
    can_see_invoices,
)
from receivables.permissions.ious import (
    can_open_iou,
    can_receive_original,
    can_receive_originals,
    can_record_iou,
)
from receivables.permissions.plans import (
    can_agree_plan,
    can_do_step,
    can_see_board,
    can_write_plan,
)
from receivables.permissions.slips import can_open_payment_photo, can_see_slips
from receivables.permissions.unpaid import can_see_unpaid

__all__ = [
    "can_agree_plan",
    "can_cancel_invoice",
    "can_do_step",
    "can_issue_invoice",
    "can_open_iou",
    "can_open_payment_photo",
    "can_receive_original",
    "can_receive_originals",
    "can_record_iou",
    "can_see_board",
    "can_see_invoices",
    "can_see_slips",
    "can_see_unpaid",
    "can_write_plan",
]
