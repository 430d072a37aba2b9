"""The quarterly appraisal: what each indicator comes to, the score, the grade (KPI-1). Pure.

What the documents leave open is *decided* in adr/0033.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.money import ZERO
from performance.rules.periods import Period
from performance.rules.targets import TENTH, percent
from policy.rules import Policy

FULL, NOTHING = Decimal("100.0"), Decimal("0.0")
MARKS = (1, 5)  # how satisfied a customer can be


class Key(StrEnum):
    """The indicators, in the order of the regulation."""

    SALES = "sales"
    CUSTOMERS = "customers"
    SATISFACTION = "satisfaction"
    RETURNS = "returns"
    COMPLAINTS = "complaints"
    ACTIVITY = "activity"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Facts:
    """One person's quarter, counted. Money in yuan.

    `target` None: none was set. `customers`: the files that are hers. `employed_days`: of the
    quarter's calendar days. `marks`: how often customers rated her, `marks_sum` their sum.
    """

    employed_days: int = 0
    handed_in: Decimal = ZERO
    target: Decimal | None = None
    new_customers: int = 0
    marks: int = 0
    marks_sum: int = 0
    returns_due: int = 0
    returns_made: int = 0
    complaints: int = 0
    customers: int = 0
    activities_due: int = 0
    activities: int = 0
    suggestions: int = 0
    reports_due: int = 0
    reports_on_time: int = 0


Figures = Mapping[str, Decimal | int | None]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its weight, its score from 0 to 100 (None: no data), and the figures it was
    reckoned from, as text."""

    key: str
    weight: int
    score: Decimal | None
    figures: Mapping[str, str] = field(default_factory=dict)


def share(done: Decimal | int, due: Decimal | int | None) -> Decimal | None:
    """What was done of what was due, 0 to 100 with one decimal; more than all of it is 100. None
    where nothing was due."""
    if not due or due < 0:
        return None
    return min(FULL, max(NOTHING, percent(done, due)))


def satisfaction(marks: int, marks_sum: int) -> Decimal | None:
    """The mean mark, 1 to 5, as 0 to 100: 1 is nothing, 3 the half. None where nobody rated."""
    if not marks:
        return None
    lowest, highest = MARKS
    return share(marks_sum - lowest * marks, (highest - lowest) * marks)


def complaint_score(complaints: int, customers: int, limit: Decimal) -> Decimal | None:
    """100 without a complaint, falling evenly to 0 at `limit` complaints a customer of hers.

    None where she has no customers and there is no complaint. A limit of nothing forgives none.
    """
    if not complaints:
        return FULL if customers else None
    allowed = customers * limit
    if complaints >= allowed:
        return NOTHING
    return max(NOTHING, FULL - percent(complaints, allowed))


def activity_score(attended: int, suggestions: int, due: int) -> Decimal | None:
    """Meetings, trainings and activities attended of those due; each suggestion makes up for one
    missed (REP-4). None where nothing was due and nothing suggested."""
    if not due:
        return FULL if suggestions else None
    return share(attended + suggestions, due)


def indicators(facts: Facts, policy: Policy, quarter: Period) -> list[Indicator]:
    """Every indicator of a person's quarter, under the policy of its last day."""
    wanted = _new_wanted(policy, facts.employed_days, quarter)
    reckoned: dict[Key, tuple[int, Decimal | None, Figures]] = {
        Key.SALES: (
            policy.kpi_sales_weight,
            share(facts.handed_in, facts.target),
            {"handed_in": facts.handed_in, "target": facts.target},
        ),
        Key.CUSTOMERS: (
            policy.kpi_customers_weight,
            share(facts.new_customers, wanted),
            {"new": facts.new_customers, "wanted": wanted},
        ),
        Key.SATISFACTION: (
            policy.kpi_satisfaction_weight,
            satisfaction(facts.marks, facts.marks_sum),
            {"marks": facts.marks, "mean": _mean(facts)},
        ),
        Key.RETURNS: (
            policy.kpi_returns_weight,
            share(facts.returns_made, facts.returns_due),
            {"made": facts.returns_made, "due": facts.returns_due},
        ),
        Key.COMPLAINTS: (
            policy.kpi_complaints_weight,
            complaint_score(facts.complaints, facts.customers, policy.complaint_limit_rate),
            {"complaints": facts.complaints, "customers": facts.customers},
        ),
        Key.ACTIVITY: (
            policy.kpi_activity_weight,
            activity_score(facts.activities, facts.suggestions, facts.activities_due),
            {
                "attended": facts.activities,
                "due": facts.activities_due,
                "suggestions": facts.suggestions,
            },
        ),
        Key.REPORTS: (
            policy.kpi_reports_weight,
            share(facts.reports_on_time, facts.reports_due),
            {"on_time": facts.reports_on_time, "due": facts.reports_due},
        ),
    }
    return [
        Indicator(key.value, weight, score, {name: _said(value) for name, value in said.items()})
        for key, (weight, score, said) in reckoned.items()
    ]


def _new_wanted(policy: Policy, employed_days: int, quarter: Period) -> Decimal:
    """How many new customers are asked of somebody employed so long, with one decimal."""
    whole = Decimal(policy.new_customers_month * quarter.length)
    return (whole * employed_days / quarter.days).quantize(TENTH, ROUND_HALF_UP)


def _mean(facts: Facts) -> Decimal | None:
    if not facts.marks:
        return None
    return (Decimal(facts.marks_sum) / facts.marks).quantize(TENTH, ROUND_HALF_UP)


def _said(value: Decimal | int | None) -> str:
    return "" if value is None else str(value)


def score_of(found: Iterable[Indicator]) -> Decimal | None:
    """The weighted mean of the indicators that have data, 0 to 100 with one decimal, half up.

    The weight of one without data is shared by the others: nobody gains or loses by what nobody
    asked of her. None where none has data.
    """
    told = [(each.weight, each.score) for each in found if each.score is not None]
    weights = sum(weight for weight, _score in told)
    if not weights:
        return None
    mean = sum((weight * score for weight, score in told), Decimal(0)) / weights
    return mean.quantize(TENTH, ROUND_HALF_UP)


def adjusted(score: Decimal | None, points: int) -> Decimal | None:
    """The score with the manager's points, never below 0 or above 100. None stays None."""
    if score is None:
        return None
    return min(FULL, max(NOTHING, score + points))


def grade_of(score: Decimal | None, policy: Policy) -> str:
    """The grade of a score as it is shown, rounded: A, B, C or D; empty without a score."""
    if score is None:
        return ""
    if score >= policy.kpi_grade_a:
        return "A"
    if score >= policy.kpi_grade_b:
        return "B"
    return "C" if score >= policy.kpi_grade_c else "D"
