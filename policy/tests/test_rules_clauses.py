"""The clauses are complete, and quote the documents word for word."""

import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from policy.clauses import CHAPTERS, CLAUSES, Clause, clause_of
from policy.rules import parameter_names

SHARED = Path(__file__).parents[3] / "shared"
SOURCE = SHARED / "regulation-source.txt"
REGULATION = SHARED / "regulation.md"
FORMATS = SHARED / "formats.md"

# How many rules each family of the regulation has, numbered from 1.
FAMILIES = {
    "POL": 3, "TIME": 5, "ORG": 2, "ATT": 6, "LEA": 5, "TRIP": 2, "MEET": 3, "TRAIN": 1,
    "ORD": 2, "SLIP": 6, "IOU": 1, "DUE": 1, "CUT": 3, "RES": 6, "EXP": 4, "GOOD": 2,
    "CUS": 6, "VIS": 5, "COM": 1, "INFO": 1, "REP": 4, "PLAN": 2, "TAR": 1, "KPI": 1,
    "COMM": 1, "REW": 1, "DIS": 3, "NOTE": 1, "PAY": 6,
}  # fmt: skip
RULES = {f"{family}-{n}" for family, last in FAMILIES.items() for n in range(1, last + 1)}

PARAMETERS = """
    cutoff_day cutoff_time carryover_fine late_fine grace_minutes punch_merge_minutes work_start
    lunch_start lunch_end work_end absence_fine_per_day absence_dismissal_days personal_leave_days
    reserve_on reserve_monthly reserve_reward_rate dead_debt_on expenses_on travel_rate meal_rate
    expense_cap_rate expense_limit_on expense_limit_min_order expense_limit_claims points_min
    points_shortfall no_record_fine return_visit_days overdue_days loan_days trip_report_by
    calls_per_day big_order complaint_workdays commission_tiers deduction_cap_rate
    deduction_cap_on minimum_wage
""".split()  # noqa: SIM905
# What the company sets in the program alone; its files need not name it.
OURS = """
    leave_manager_days visits_level_a visits_level_b visits_level_c project_quiet_days
    margin_floor hearing_workdays objection_workdays auto_final_on leaderboards_shown
    kpi_sales_weight kpi_customers_weight kpi_satisfaction_weight kpi_returns_weight
    kpi_complaints_weight kpi_activity_weight kpi_reports_weight
    kpi_grade_a kpi_grade_b kpi_grade_c new_customers_month complaint_limit_rate
""".split()  # noqa: SIM905

each_clause = pytest.mark.parametrize("clause", CLAUSES.values(), ids=CLAUSES.keys())


def needs(path: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not path.exists(), reason=f"{path.name} is not beside the project")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_every_rule_has_its_clause() -> None:
    assert set(CLAUSES) == RULES | {"BASE"}


def test_no_rule_stands_twice() -> None:
    assert sum(len(chapter) for chapter in CHAPTERS) == len(CLAUSES)


@needs(REGULATION)
def test_the_rules_are_those_of_the_regulation() -> None:
    assert set(re.findall(r"\b[A-Z]{2,}-\d+\b", REGULATION.read_text("utf-8"))) == RULES


@needs(SOURCE)
def test_quotes_are_the_documents_own_words() -> None:
    source = squeezed(SOURCE.read_text("utf-8"))
    assert [c.rule for c in CLAUSES.values() if squeezed(c.quote_zh) not in source] == []


@each_clause
def test_a_quote_names_where_it_stands(clause: Clause) -> None:
    assert bool(clause.quote_zh) == bool(clause.sources)
    assert all(re.fullmatch(r"S[1-9]((-\d+)?\.\d+)?", ref) for ref in clause.sources)


@each_clause
def test_titles_and_texts_are_there_in_both_languages(clause: Clause) -> None:
    assert re.search("[\u4e00-\u9fff]", clause.title_zh)
    assert re.search("[\u4e00-\u9fff]", clause.text_zh)
    assert clause.title_en.strip()
    assert clause.text_en.strip()


@each_clause
def test_parameters_are_known(clause: Clause) -> None:
    assert set(clause.parameters) <= set(parameter_names())
    assert len(set(clause.parameters)) == len(clause.parameters)


@needs(FORMATS)
def test_the_parameters_are_those_of_the_formats() -> None:
    listed = FORMATS.read_text("utf-8").partition("Policy parameters, with their defaults")[2]
    assert set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", listed)) == set(PARAMETERS)


def test_every_parameter_stands_in_a_clause() -> None:
    said = {name for clause in CLAUSES.values() for name in clause.parameters}
    assert set(parameter_names()) == said


def test_clause_of_finds_a_rule() -> None:
    assert clause_of("ATT-2").sources == ("S4.3",)


def test_clause_of_names_the_rule_it_does_not_know() -> None:
    with pytest.raises(KeyError, match="no clause for rule 'ATT-99'"):
        clause_of("ATT-99")


def test_a_clause_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        clause_of("ATT-2").title_en = "Free"  # type: ignore[misc]
