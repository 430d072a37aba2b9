"""Every write of collections."""

from receivables.services.counter import handover_count, missing_cash_count
from receivables.services.cutoff import cutoff_snapshot
from receivables.services.day_sheets import sheet_close, sheet_sign
from receivables.services.discrepancies import (
    discrepancy_explain,
    discrepancy_settle,
    payment_correct,
)
from receivables.services.invoices import (
    InvoiceRefused,
    NumberTaken,
    invoice_cancel,
    invoice_issue,
)
from receivables.services.ious import IouRefused, iou_original, iou_record
from receivables.services.plans import (
    PlanRefused,
    StepSaid,
    plan_agree,
    plan_write,
    promises_judge,
    step_done,
)
from receivables.services.refusals import CashDiffers, ChangedMeanwhile, CounterRefused, SlipRefused
from receivables.services.road import (
    Cheque,
    payment_record,
    payment_take_down,
    photos_add,
    refusal_record,
)
from receivables.services.slip_counts import slip_count_confirm, slip_count_keep
from receivables.services.slips import (
    block_lift,
    late_handover_declare,
    payment_correct_receipt,
    payment_hand_in,
    slip_issue,
    slip_return,
)
from receivables.services.undoing import UndoingRefused, goods_take_back, payment_undo
from receivables.services.unpaid import unpaid_converge, unpaid_go_on

__all__ = [
    "CashDiffers",
    "ChangedMeanwhile",
    "Cheque",
    "CounterRefused",
    "InvoiceRefused",
    "IouRefused",
    "NumberTaken",
    "PlanRefused",
    "SlipRefused",
    "StepSaid",
    "UndoingRefused",
    "block_lift",
    "cutoff_snapshot",
    "discrepancy_explain",
    "discrepancy_settle",
    "goods_take_back",
    "handover_count",
    "invoice_cancel",
    "invoice_issue",
    "iou_original",
    "iou_record",
    "late_handover_declare",
    "missing_cash_count",
    "payment_correct",
    "payment_correct_receipt",
    "payment_hand_in",
    "payment_record",
    "payment_take_down",
    "payment_undo",
    "photos_add",
    "plan_agree",
    "plan_write",
    "promises_judge",
    "refusal_record",
    "sheet_close",
    "sheet_sign",
    "slip_count_confirm",
    "slip_count_keep",
    "slip_issue",
    "slip_return",
    "step_done",
    "unpaid_converge",
    "unpaid_go_on",
]
