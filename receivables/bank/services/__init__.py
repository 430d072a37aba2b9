"""Every write about the bank's account: files, lines, matches, days."""

from receivables.bank.services.days import days_converge
from receivables.bank.services.finding import lines_match
from receivables.bank.services.matching import (
    ChangedMeanwhile,
    MatchRefused,
    Pays,
    line_aside,
    line_match,
    line_undo,
)
from receivables.bank.services.statements import (
    StatementRefused,
    bank_go_on,
    match_again,
    matching_run,
    statement_columns,
    statement_drop,
    statement_receive,
    statement_take,
)

__all__ = [
    "ChangedMeanwhile",
    "MatchRefused",
    "Pays",
    "StatementRefused",
    "bank_go_on",
    "days_converge",
    "line_aside",
    "line_match",
    "line_undo",
    "lines_match",
    "match_again",
    "matching_run",
    "statement_columns",
    "statement_drop",
    "statement_receive",
    "statement_take",
]
