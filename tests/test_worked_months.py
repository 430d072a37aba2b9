"""Whole months, from files to the fen, against a second program written apart from the first.

`oracle/reference.py` computes a month straight from the files; `oracle/generator.py` makes months
rich in edges. Both programs were written from the regulation alone.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.oracle.generator import generate
from tests.oracle.reference import compute
from tests.worked import SAMPLE, TABLES, close, exported, in_order, load

pytestmark = pytest.mark.django_db

MONTHS = ["2026-10", "2026-02", "2028-02", "2025-12", "2026-04", "2024-02", "2026-09", "2026-01"]
SEEDS = int(os.environ.get("WORKED_SEEDS", "2"))


def as_of_after(month: str, days: int = 0) -> datetime:
    year, number = map(int, month.split("-"))
    following = datetime(year + number // 12, number % 12 + 1, 1, 0, 30)  # noqa: DTZ001
    return following + timedelta(days=days)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the company's sample month is not beside us")
def test_the_sample_month_comes_out_to_the_fen():
    load(SAMPLE)
    close("2026-10", as_of_after("2026-10"))
    given = exported("2026-10")
    for table in TABLES:
        expected = (SAMPLE / "expected" / f"{table}.csv").read_text(encoding="utf-8-sig")
        assert in_order(given[table]) == in_order(expected), table


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("days_late", [0, 4])
def test_a_generated_month_agrees_with_the_second_program(
    tmp_path: Path, month: str, seed: int, days_late: int
):
    generate(tmp_path, month=month, seed=seed, people=12)
    load(tmp_path)
    as_of = as_of_after(month, days_late)
    close(month, as_of)
    given = exported(month)
    expected = compute(tmp_path, month, as_of)
    for table in TABLES:
        assert in_order(given[table]) == in_order(expected[table]), table


LIMITED = [{}, {"minimum_wage": "2490"}, {"deduction_cap_rate": "0.033", "minimum_wage": "3999.99"}]


@pytest.mark.parametrize("month", MONTHS[:4])
@pytest.mark.parametrize("limits", LIMITED, ids=["a fifth", "and a minimum", "odd"])
def test_a_month_under_lawful_limits_agrees_with_the_second_program(
    tmp_path: Path, month: str, limits: dict[str, object]
):
    """Losses past the limit are carried (PAY-4)."""
    generate(tmp_path, month=month, seed=7, people=12, policy={"deduction_cap_on": "yes", **limits})
    load(tmp_path)
    as_of = as_of_after(month)
    close(month, as_of)
    expected = compute(tmp_path, month, as_of)["statements"]
    assert "PAY-4" in expected
    assert in_order(exported(month)["statements"]) == in_order(expected)
