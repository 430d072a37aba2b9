"""Expense claims, goods to lend and who has them, things broken (EXP, GOOD)."""

from claims.models.damages import Damage as Damage
from claims.models.expenses import Expense as Expense
from claims.models.goods import Goods as Goods
from claims.models.goods import Loan as Loan
from claims.models.goods import LoanRequest as LoanRequest
