"""Finding among many: appeals, jobs, files, people; payments."""

from payroll.filters.books import AppealFilter, JobFilter, LoadFilter, PeopleFilter
from payroll.filters.payments import (
    BankAccountFilter,
    PayoutFilter,
    PayoutLineFilter,
    ShadowFilter,
    WithoutAccountFilter,
)

__all__ = [
    "AppealFilter",
    "BankAccountFilter",
    "JobFilter",
    "LoadFilter",
    "PayoutFilter",
    "PayoutLineFilter",
    "PeopleFilter",
    "ShadowFilter",
    "WithoutAccountFilter",
]
