"""What indicators, periods and figures are called."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.templatetags.house import month_name, yuan_text
from performance.rules.appraisal import Indicator, Key
from performance.rules.periods import Period
from policy.clauses import clause_of

LABELS: Mapping[str, Any] = {
    Key.SALES: gettext_lazy("Sales attainment"),
    Key.CUSTOMERS: gettext_lazy("New customers"),
    Key.SATISFACTION: gettext_lazy("Customers' satisfaction"),
    Key.RETURNS: gettext_lazy("Return visits"),
    Key.COMPLAINTS: gettext_lazy("Complaints"),
    Key.ACTIVITY: gettext_lazy("Meetings and activities"),
    Key.REPORTS: gettext_lazy("Reports on time"),
}


def period_name(period: Period) -> str:
    """“2026年第3季度”, “2026年7月”, “2026年”."""
    if period.length == 1:
        return month_name(period.first)
    year = period.first.year
    if period.length == 12:
        return _("%(year)s, the whole year") % {"year": year}
    quarter = (period.first.number + 2) // 3
    return _("quarter %(n)s of %(year)s") % {"n": quarter, "year": year}


def rule_name(rule: str) -> str:
    """A rule's title with its id."""
    clause = clause_of(rule)
    chinese = (get_language() or "").startswith("zh")
    return f"{clause.title_zh if chinese else clause.title_en} · {rule}"


def figures_say(indicator: Indicator) -> str:
    """What an indicator was reckoned from, in the reader's words."""
    said = {name: value or "—" for name, value in indicator.figures.items()}
    if indicator.key == Key.SALES:
        return _sales(indicator.figures)
    texts = {
        Key.CUSTOMERS: _("%(new)s new files of %(wanted)s asked for"),
        Key.SATISFACTION: _("%(marks)s marks, on average %(mean)s of 5"),
        Key.RETURNS: _("%(made)s of %(due)s return visits made in time"),
        Key.COMPLAINTS: _("%(complaints)s complaints by %(customers)s customers"),
        Key.ACTIVITY: _("%(attended)s of %(due)s attended, %(suggestions)s suggestions"),
        Key.REPORTS: _("%(on_time)s of %(due)s handed in on time"),
    }
    return texts[Key(indicator.key)] % said


def _sales(figures: Mapping[str, str]) -> str:
    handed_in = yuan_text(Decimal(figures["handed_in"]))
    if not figures["target"]:
        return _("%(handed_in)s yuan handed in; no target was set") % {"handed_in": handed_in}
    return _("%(handed_in)s yuan handed in of a target of %(target)s") % {
        "handed_in": handed_in,
        "target": yuan_text(Decimal(figures["target"])),
    }
