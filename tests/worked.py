"""Worked months: a folder loaded, closed and exported, to hold against what it must give."""

from datetime import datetime
from pathlib import Path

from core import clock
from core.months import Month
from core.services import sources_load
from core.tables import exports
from core.tables.folder import contents_of
from core.tables.writing import to_csv
from payroll.services import month_close

SHARED = Path(__file__).parents[2] / "shared"
SAMPLE = SHARED / "cases" / "2026-10"
TABLES = ("statements", "pool", "collections", "duties", "findings", "reserve")


def load(folder: Path) -> None:
    """Load every table of a folder; nothing of it may be refused."""
    loads = sources_load(sources=contents_of(folder.iterdir()).sources)
    assert not [reason for load in loads for reason in load.reasons]


def close(month: str, as_of: datetime) -> None:
    month_close(month=Month.parse(month), as_of=clock.from_local(as_of))


def exported(month: str) -> dict[str, str]:
    """Every export of a month, as its CSV text."""
    return {
        name: to_csv([english for english, _zh in export.columns], export.rows(Month.parse(month)))
        for name, export in exports().items()
    }


def in_order(text: str) -> list[str]:
    return sorted(text.splitlines())
