"""What the policy's parameters are called, and their values as people read them."""

from collections.abc import Iterable
from datetime import time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from policy.rules import is_share

LABELS: dict[str, Any] = {
    "cutoff_day": gettext_lazy("cutoff day"),
    "cutoff_time": gettext_lazy("cutoff time"),
    "carryover_fine": gettext_lazy("fine for money carried over"),
    "late_fine": gettext_lazy("fine for late or early"),
    "grace_minutes": gettext_lazy("minutes of grace"),
    "punch_merge_minutes": gettext_lazy("minutes that merge punches"),
    "work_start": gettext_lazy("start of work"),
    "lunch_start": gettext_lazy("start of lunch"),
    "lunch_end": gettext_lazy("end of lunch"),
    "work_end": gettext_lazy("end of work"),
    "absence_fine_per_day": gettext_lazy("fine for a day's absence"),
    "absence_dismissal_days": gettext_lazy("days of absence that may end the contract"),
    "personal_leave_days": gettext_lazy("days of personal leave a month"),
    "leave_manager_days": gettext_lazy("leave of more workdays goes to the manager (0: never)"),
    "reserve_on": gettext_lazy("reserve in force"),
    "reserve_monthly": gettext_lazy("reserve a month"),
    "reserve_reward_rate": gettext_lazy("reward at year end"),
    "litigation_share": gettext_lazy("salesperson's share of legal costs"),
    "dead_debt_on": gettext_lazy("dead debts are borne"),
    "expenses_on": gettext_lazy("expenses in force"),
    "travel_rate": gettext_lazy("share of travel paid"),
    "meal_rate": gettext_lazy("share of meals paid"),
    "expense_cap_rate": gettext_lazy("limit by the order's amount"),
    "expense_limit_on": gettext_lazy("limit of claims in force"),
    "expense_limit_min_order": gettext_lazy("smallest order for claims"),
    "expense_limit_claims": gettext_lazy("claims paid a month"),
    "points_min": gettext_lazy("points a month"),
    "points_shortfall": gettext_lazy("points short that cost a duty"),
    "no_record_fine": gettext_lazy("fine for a visit without record"),
    "return_visit_days": gettext_lazy("days between return visits"),
    "visits_level_a": gettext_lazy("visits a month, level A"),
    "visits_level_b": gettext_lazy("visits a month, level B"),
    "visits_level_c": gettext_lazy("visits a month, level C"),
    "overdue_days": gettext_lazy("days until overdue"),
    "loan_days": gettext_lazy("days of a goods loan"),
    "trip_report_by": gettext_lazy("trip report by"),
    "calls_per_day": gettext_lazy("calls a day"),
    "big_order": gettext_lazy("big order from"),
    "project_quiet_days": gettext_lazy("days until a project has gone quiet"),
    "margin_floor": gettext_lazy("floor of the gross margin"),
    "complaint_workdays": gettext_lazy("workdays to answer a complaint"),
    "hearing_workdays": gettext_lazy("workdays to reply in a hearing"),
    "commission_tiers": gettext_lazy("commission tiers"),
    "leaderboards_shown": gettext_lazy("leaderboards are shown"),
    "kpi_sales_weight": gettext_lazy("weight of sales attainment"),
    "kpi_customers_weight": gettext_lazy("weight of new customers"),
    "kpi_satisfaction_weight": gettext_lazy("weight of satisfaction"),
    "kpi_returns_weight": gettext_lazy("weight of return visits"),
    "kpi_complaints_weight": gettext_lazy("weight of complaints"),
    "kpi_activity_weight": gettext_lazy("weight of activities"),
    "kpi_reports_weight": gettext_lazy("weight of reports on time"),
    "kpi_grade_a": gettext_lazy("grade A from"),
    "kpi_grade_b": gettext_lazy("grade B from"),
    "kpi_grade_c": gettext_lazy("grade C from"),
    "new_customers_month": gettext_lazy("new customers asked for a month"),
    "complaint_limit_rate": gettext_lazy("complaints by customers that leave no points"),
    "deduction_cap_rate": gettext_lazy("limit of deductions"),
    "deduction_cap_on": gettext_lazy("limit of deductions in force"),
    "minimum_wage": gettext_lazy("minimum wage"),
    "objection_workdays": gettext_lazy("workdays to object to a statement"),
    "auto_final_on": gettext_lazy("months made final by the program"),
}

MONEY = frozenset(
    {
        "carryover_fine",
        "late_fine",
        "absence_fine_per_day",
        "reserve_monthly",
        "expense_limit_min_order",
        "no_record_fine",
        "big_order",
        "minimum_wage",
    }
)

_WORDS = {"yes": gettext_noop("yes"), "no": gettext_noop("no")}


def figures(parameters: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Parameters with their values (as the policy table writes them), for people to read."""
    return [(str(LABELS.get(name, name)), readable(name, text)) for name, text in parameters]


def readable(name: str, text: str) -> str:
    if text in _WORDS:
        return _(_WORDS[text])
    if name == "commission_tiers":
        return _tiers(text)
    if is_share(name):
        return _percent(text)
    if name in MONEY:
        return _("%(amount)s yuan") % {"amount": f"{Decimal(text):,.2f}"}
    return text


def parameter_text(value: Any) -> str:
    """A parameter's value as the policy table writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(f"{'inf' if t.up_to is None else t.up_to}:{t.rate}" for t in value)
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    return str(value)


def _percent(text: str) -> str:
    try:
        return f"{(Decimal(text) * 100).normalize():f} %"
    except InvalidOperation:
        return text


def _tiers(text: str) -> str:
    told = []
    for part in text.split(";"):
        bound, _colon, rate = part.partition(":")
        if bound == "inf":
            told.append(_("above that %(rate)s") % {"rate": _percent(rate)})
        else:
            amount = f"{Decimal(bound):,.0f}"
            told.append(
                _("up to %(amount)s: %(rate)s") % {"amount": amount, "rate": _percent(rate)}
            )
    return "; ".join(told)
