"""The books, and what is paid out of them."""

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
from payroll.models.payout import BankAccount, PayoutBatch, PayoutLine
from payroll.models.shadow import Shadow, ShadowRow

__all__ = [
    "Account",
    "BankAccount",
    "Duty",
    "EmploymentTerms",
    "Entry",
    "Finding",
    "MonthGroup",
    "MonthNote",
    "PayMonth",
    "PayoutBatch",
    "PayoutLine",
    "Shadow",
    "ShadowRow",
    "Waiver",
]
