"""Every write of the books."""

from payroll.services.bank_accounts import (
    AccountRefused,
    bank_account_confirm,
    bank_account_enter,
    bank_account_refuse,
    bank_account_reveal,
)
from payroll.services.close import CannotClose, close_length, month_close
from payroll.services.closing import Closed
from payroll.services.final import CannotFinal, month_final
from payroll.services.payouts import (
    CannotPay,
    payout_batch_paid,
    payout_download,
    payout_line_tell,
    payout_make,
)
from payroll.services.runs import close_go_on, group_go_on
from payroll.services.shadows import shadow_go_on, shadow_subject
from payroll.services.waivers import waiver_grant, waiver_withdraw

__all__ = [
    "AccountRefused",
    "CannotClose",
    "CannotFinal",
    "CannotPay",
    "Closed",
    "bank_account_confirm",
    "bank_account_enter",
    "bank_account_refuse",
    "bank_account_reveal",
    "close_go_on",
    "close_length",
    "group_go_on",
    "month_close",
    "month_final",
    "payout_batch_paid",
    "payout_download",
    "payout_line_tell",
    "payout_make",
    "shadow_go_on",
    "shadow_subject",
    "waiver_grant",
    "waiver_withdraw",
]
