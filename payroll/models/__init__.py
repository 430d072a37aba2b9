"""The books, what is paid out of them, and what people say to their statements."""

from payroll.models.books import (
    Account,
    Duty,
    EmploymentTerms,
    Entry,
    Finding,
    MonthGroup,
    MonthNote,
    PayMonth,
    Waiver,
)
from payroll.models.contest import (
    Appeal,
    AppealMessage,
    FinalRequest,
    StatementReview,
)
from payroll.models.payout import BankAccount, PayoutBatch, PayoutLine
from payroll.models.shadow import Shadow, ShadowRow

__all__ = [
    "Account",
    "Appeal",
    "AppealMessage",
    "BankAccount",
    "Duty",
    "EmploymentTerms",
    "Entry",
    "FinalRequest",
    "Finding",
    "MonthGroup",
    "MonthNote",
    "PayMonth",
    "PayoutBatch",
    "PayoutLine",
    "Shadow",
    "ShadowRow",
    "StatementReview",
    "Waiver",
]
