"""The file that finance gives the bank: one row a payment, in the form banks take (PAY-6)."""

import hashlib
from collections.abc import Iterable, Iterator

from core.months import Month
from core.tables.writing import to_csv, to_xlsx
from payroll.models import PayoutLine

# The bank reads Chinese, whoever made the file.
COLUMNS = ("序号", "收款人户名", "收款账号", "开户行", "金额", "用途")
TITLE = "代发工资"


def file_rows(month: Month, lines: Iterable[PayoutLine]) -> Iterator[tuple[object, ...]]:
    purpose = f"{month.year}年{month.number}月工资"
    for place, line in enumerate(lines, start=1):
        bank = f"{line.bank}{line.branch}"
        yield place, line.holder, line.number, bank, line.amount, purpose


def file_csv(month: Month, lines: Iterable[PayoutLine]) -> str:
    return to_csv(COLUMNS, file_rows(month, lines))


def file_xlsx(month: Month, lines: Iterable[PayoutLine]) -> bytes:
    return to_xlsx(TITLE, COLUMNS, file_rows(month, lines))


def file_digest(month: Month, lines: Iterable[PayoutLine]) -> str:
    """The control sum: of the rows as CSV, whichever form the file has."""
    return hashlib.sha256(file_csv(month, lines).encode()).hexdigest()
