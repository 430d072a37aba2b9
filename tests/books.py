"""Books to look at: a generated October that is final, and a November that is a draft."""

import csv
import io
from datetime import datetime
from pathlib import Path

import openpyxl

from core.months import Month
from payroll.services import month_final
from tests.oracle.generator import generate
from tests.worked import close, load

SEED = 30  # three people share the pool, three end below nothing, debts die, money is carried
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
AFTER_OCTOBER = datetime(2026, 11, 1, 0, 30)  # noqa: DTZ001  # the company's clock
AFTER_NOVEMBER = datetime(2026, 12, 1, 0, 30)  # noqa: DTZ001


def october_closed(folder: Path, *, seed: int = SEED) -> None:
    generate(folder, month="2026-10", seed=seed, people=10, policy={})
    load(folder)
    close("2026-10", AFTER_OCTOBER)


def october_final_november_draft(folder: Path) -> None:
    october_closed(folder)
    month_final(month=OCTOBER, early_reason="a test")
    close("2026-11", AFTER_NOVEMBER)


def parsed(made: bytes, ending: str) -> list[list[str]]:
    """A table that was taken out, as rows of cells."""
    if ending == "csv":
        return list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    return [[value or "" for value in row] for row in sheet.iter_rows(values_only=True)]
