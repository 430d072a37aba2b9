"""Tables of lists: the books; payments."""

from payroll.tables.books import (
    AppealTable,
    JobTable,
    LoadTable,
    PartTable,
    StatementsData,
    StatementTable,
)
from payroll.tables.payments import (
    BankAccountTable,
    PayoutLineTable,
    PayoutTable,
    ShadowTable,
    WithoutAccountTable,
)

__all__ = [
    "AppealTable",
    "BankAccountTable",
    "JobTable",
    "LoadTable",
    "PartTable",
    "PayoutLineTable",
    "PayoutTable",
    "ShadowTable",
    "StatementTable",
    "StatementsData",
    "WithoutAccountTable",
]
