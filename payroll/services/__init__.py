"""Every write of the books."""

from payroll.services.appeals import (
    AppealRefused,
    appeal_decide,
    appeal_file,
    appeal_say,
    appeal_withdraw,
)
from payroll.services.bank_accounts import (
    AccountRefused,
    account_subject,
    bank_account_confirm,
    bank_account_enter,
    bank_account_refuse,
    bank_account_reveal,
)
from payroll.services.close import CannotClose, close_length, month_close
from payroll.services.closing import Closed
from payroll.services.final import CannotFinal, month_final
from payroll.services.finals import final_ask, final_confirm, final_drop, final_go_on
from payroll.services.payouts import (
    CannotPay,
    payout_batch_paid,
    payout_download,
    payout_line_tell,
    payout_make,
)
from payroll.services.reviews import (
    CannotAcknowledge,
    review_subject,
    statement_acknowledge,
    statement_read,
)
from payroll.services.runs import close_go_on, group_go_on
from payroll.services.shadows import shadow_go_on, shadow_subject
from payroll.services.waivers import CannotWaive, close_follow, waiver_grant, waiver_withdraw

__all__ = [
    "AccountRefused",
    "AppealRefused",
    "CannotAcknowledge",
    "CannotClose",
    "CannotFinal",
    "CannotPay",
    "CannotWaive",
    "Closed",
    "account_subject",
    "appeal_decide",
    "appeal_file",
    "appeal_say",
    "appeal_withdraw",
    "bank_account_confirm",
    "bank_account_enter",
    "bank_account_refuse",
    "bank_account_reveal",
    "close_follow",
    "close_go_on",
    "close_length",
    "final_ask",
    "final_confirm",
    "final_drop",
    "final_go_on",
    "group_go_on",
    "month_close",
    "month_final",
    "payout_batch_paid",
    "payout_download",
    "payout_line_tell",
    "payout_make",
    "review_subject",
    "shadow_go_on",
    "shadow_subject",
    "statement_acknowledge",
    "statement_read",
    "waiver_grant",
    "waiver_withdraw",
]
