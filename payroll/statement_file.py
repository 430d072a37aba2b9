"""A person's statement as a table: exactly the lines of the page, each with what it rests on."""

from collections.abc import Iterator
from typing import Any

from core.tables.naming import in_chinese, table_name
from payroll.explaining import explain
from payroll.exports import TOTAL
from payroll.statements import Statement
from policy.querysets import policy_book

COLUMNS = (
    ("rule", "条款"),
    ("clause", "名目"),
    ("for_month", "所属月份"),
    ("text", "算法"),
    ("amount", "金额"),
    ("evidence", "凭据"),
    ("key", "编号"),
)


def statement_columns() -> list[str]:
    return [chinese if in_chinese() else english for english, chinese in COLUMNS]


def statement_file_rows(statement: Statement) -> Iterator[tuple[Any, ...]]:
    """One row a line, in the order of the page, and the total."""
    book = policy_book()
    for group in statement.groups:
        for line in group.lines:
            found = explain(line.entry, book=book)
            facts = (f"{table_name(e.table)} {e.row} {e.says}".strip() for e in found.evidence)
            yield (
                group.clause.rule,
                found.title,
                line.for_month,
                found.arithmetic,
                line.amount,
                "; ".join(facts),
                line.entry.key,
            )
    yield TOTAL, "", statement.month, "", statement.sums.total, "", ""
