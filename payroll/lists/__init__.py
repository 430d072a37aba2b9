"""Lists: the books; payments; a month in the shadow."""

from payroll.lists.books import AppealList, JobList, LoadList, StatementList
from payroll.lists.payments import (
    BankAccountList,
    PayoutLineList,
    PayoutList,
    WithoutAccountList,
)
from payroll.lists.shadows import ShadowList, shadow_rows_of, shadow_run_of

__all__ = [
    "AppealList",
    "BankAccountList",
    "JobList",
    "LoadList",
    "PayoutLineList",
    "PayoutList",
    "ShadowList",
    "StatementList",
    "WithoutAccountList",
    "shadow_rows_of",
    "shadow_run_of",
]
