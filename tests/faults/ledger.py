"""Looking at a database under test from this process: its rows, its ledger, its books' balance."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import environ
from django.db import connections

Rows = list[tuple[Any, ...]]


@contextmanager
def looking_at(url: str) -> Iterator[None]:
    """Within, this thread's models read and write the database at that address."""
    usual = connections["default"]
    found = environ.Env.db_url_config(url)
    address = {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    if usual.vendor == "sqlite":
        address = {"NAME": found["NAME"]}
    own = type(usual)({**usual.settings_dict, **address, "CONN_MAX_AGE": 0}, "default")
    connections["default"] = own
    try:
        yield
    finally:
        own.close()
        connections["default"] = usual


# What an entry says, and nothing of when and by which run it was posted.
SAID = (
    "key", "sequence", "purpose", "person__employee_no", "rule", "pay_month", "for_month", "source",
    "target", "amount", "policy_on", "arithmetic", "evidence", "digest", "reverses__key",
    "reverses__sequence",
)  # fmt: skip


@dataclass(frozen=True)
class Ledger:
    """The books as rows that can be compared, line by line."""

    entries: Rows = field(default_factory=list)
    standing: Rows = field(default_factory=list)
    balances: Rows = field(default_factory=list)
    months: Rows = field(default_factory=list)
    beside: Rows = field(default_factory=list)

    def standing_part(self) -> tuple[Rows, ...]:
        """What stands, whatever was posted and reversed on the way; which time it was as well."""
        said = [tuple(cell for n, cell in enumerate(row) if n != 1) for row in self.standing]
        return said, self.balances, [row[:2] for row in self.months], self.beside


def ledger() -> Ledger:
    from payroll.models import Duty, Entry, Finding, PayMonth
    from receivables.models import CutoffMonth, CutoffSnapshot

    snapshot = ("month", "person__employee_no", "handed_in", "in_hand", "slips_held")
    return Ledger(
        entries=_rows(Entry.objects.all(), *SAID),
        standing=_rows(Entry.objects.standing(), *SAID),
        balances=sorted((str(a), who, str(sum_)) for (a, who), sum_ in _balances().items()),
        months=_rows(PayMonth.objects.all(), "month", "state", "posted_entries", "posted_total"),
        beside=[
            *_rows(Duty.objects.all(), "key", "month", "person__employee_no", "rule", "points"),
            *_rows(Finding.objects.all(), "key", "month", "person__employee_no", "rule", "days"),
            *_rows(CutoffMonth.objects.all(), "month", "after", "cutoff"),
            *_rows(CutoffSnapshot.objects.all(), *snapshot),
        ],
    )


def _balances() -> dict[tuple[Any, str], Any]:
    from payroll.models import Entry

    return {account: sum_ for account, sum_ in Entry.objects.balances().items() if sum_}


def _rows(found: Any, *columns: str) -> Rows:
    return sorted(tuple(map(_cell, row)) for row in found.order_by().values_list(*columns))


def _cell(value: Any) -> str:
    return json.dumps(value, sort_keys=True) if isinstance(value, (dict, list)) else str(value)


def wrong_with_the_books() -> list[str]:
    from core.verification import problems

    return [str(problem) for problem in problems()]
