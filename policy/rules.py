"""The policy as a value: which parameters there are, and which version counts on a day (POL-1)."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, time
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.money import parse_yuan, round_half_up

_TIER = re.compile(r"(inf|[0-9]{1,11}(?:\.[0-9]{1,2})?):([0-9]+(?:\.[0-9]{1,6})?)")


@dataclass(frozen=True, slots=True)
class Tier:
    """A commission tier: the rate for money up to a bound (None: without bound)."""

    up_to: Decimal | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Policy:
    """Every parameter of the regulation, as in force on one day; the defaults are the documents'.

    Money in yuan, rates as shares of one, times on the company's clock.
    """

    effective_on: date | None = None
    cutoff_day: int = 28
    cutoff_time: time = time(16)
    carryover_fine: Decimal = Decimal("500.00")
    late_fine: Decimal = Decimal("5.00")
    grace_minutes: int = 0
    punch_merge_minutes: int = 5
    work_start: time = time(9)
    lunch_start: time = time(12)
    lunch_end: time = time(13)
    work_end: time = time(18)
    absence_fine_per_day: Decimal = Decimal("30.00")
    absence_dismissal_days: Decimal = Decimal(15)
    personal_leave_days: Decimal = Decimal(3)
    leave_manager_days: int = 3
    reserve_on: bool = True
    reserve_monthly: Decimal = Decimal("150.00")
    reserve_reward_rate: Decimal = Decimal("0.05")
    litigation_share: Decimal = Decimal("0.5")
    dead_debt_on: bool = True
    expenses_on: bool = True
    travel_rate: Decimal = Decimal("0.80")
    meal_rate: Decimal = Decimal("0.60")
    expense_cap_rate: Decimal = Decimal("0.02")
    expense_limit_on: bool = False
    expense_limit_min_order: Decimal = Decimal("20000.00")
    expense_limit_claims: int = 3
    points_min: int = 30
    points_shortfall: int = 3
    no_record_fine: Decimal = Decimal("200.00")
    return_visit_days: int = 30
    visits_level_a: int = 4
    visits_level_b: int = 2
    visits_level_c: int = 1
    overdue_days: int = 10
    loan_days: int = 2
    trip_report_by: time = time(21)
    calls_per_day: int = 3
    big_order: Decimal = Decimal("100000.00")
    project_quiet_days: int = 30
    margin_floor: Decimal = Decimal(0)
    complaint_workdays: int = 3
    hearing_workdays: int = 3
    commission_tiers: tuple[Tier, ...] = (
        Tier(Decimal("50000"), Decimal("0.01")),
        Tier(Decimal("200000"), Decimal("0.02")),
        Tier(None, Decimal("0.03")),
    )
    leaderboards_shown: bool = True
    kpi_sales_weight: int = 40
    kpi_customers_weight: int = 15
    kpi_satisfaction_weight: int = 10
    kpi_returns_weight: int = 10
    kpi_complaints_weight: int = 10
    kpi_activity_weight: int = 5
    kpi_reports_weight: int = 10
    kpi_grade_a: int = 90
    kpi_grade_b: int = 80
    kpi_grade_c: int = 60
    new_customers_month: int = 3
    complaint_limit_rate: Decimal = Decimal("0.10")
    deduction_cap_rate: Decimal = Decimal("0.20")
    deduction_cap_on: bool = False
    minimum_wage: Decimal = Decimal("0.00")
    objection_workdays: int = 5
    auto_final_on: bool = False

    NOT_PARAMETERS: ClassVar[frozenset[str]] = frozenset({"effective_on"})


DEFAULTS = Policy()


def parameter_names() -> list[str]:
    return [f.name for f in fields(Policy) if f.name not in Policy.NOT_PARAMETERS]


def parse_parameter(name: str, text: str) -> Any:
    """A parameter's value from the text a policy table carries. Raises `ValidationError`."""
    if name not in parameter_names():
        raise ValidationError(
            _("the policy has no parameter “%(name)s”"),
            code="parameter",
            params={"name": name[:40]},
        )
    value = _parse_like(getattr(DEFAULTS, name), text.strip())
    _check_bounds(name, value, text)
    return value


def means_same(name: str, text: str, other: str) -> bool:
    """Whether two texts give a parameter the same value: `5` and `5.00`, `16:00` and `16:00:00`."""
    return bool(parse_parameter(name, text) == parse_parameter(name, other))


def value_refusal(
    *,
    name: str,
    value: str,
    effective_on: date,
    before: str | None,
    today: date,
    settled: date | None,
) -> tuple[str, Any] | None:
    """Why a value cannot be written into the policy, with the column it is about (POL-1).

    `before`: what stands for that parameter and day. A version in force is never edited, and none
    is slipped under a month that is `settled`. A value that means the same is nothing new.
    """
    if before is not None and means_same(name, before, value):
        return None
    if before is not None and effective_on <= today:
        told = _("in force since %(day)s with the value %(before)s: a change is a new version")
        return "value", told % {"day": effective_on, "before": before}
    if settled and effective_on <= settled:
        told = _("months up to %(day)s are final: a new version starts later")
        return "effective_on", told % {"day": settled}
    return None


def shift_refusal(policy: Policy) -> Any:
    """Why a version makes no working day (TIME-4), or nothing."""
    hours = (policy.work_start, policy.lunch_start, policy.lunch_end, policy.work_end)
    if hours[0] < hours[1] <= hours[2] < hours[3]:
        return None
    return _("start of work, lunch and end of work must follow each other")


def _parse_like(default: Any, text: str) -> Any:
    if isinstance(default, bool):
        return _parse_switch(text)
    if isinstance(default, int):
        return _parse_whole(text)
    if isinstance(default, time):
        return _parse_time(text)
    if isinstance(default, tuple):
        return parse_tiers(text)
    if default.as_tuple().exponent == -2 and not 0 < default < 1:
        return _parse_money(text)
    return _parse_number(text)


def _parse_switch(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValidationError(
            _("“%(text)s” is neither yes nor no"), code="yes_no", params={"text": text[:40]}
        )
    return text == "yes"


def _parse_whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise ValidationError(
            _("“%(text)s” is not a whole number"), code="number", params={"text": text[:40]}
        )
    return int(text)


def _parse_number(text: str) -> Decimal:
    if not re.fullmatch(r"[0-9]{1,11}(\.[0-9]{1,6})?", text):
        raise ValidationError(
            _("“%(text)s” is not a number"), code="number", params={"text": text[:40]}
        )
    return Decimal(text)


def _parse_money(text: str) -> Decimal:
    amount = parse_yuan(text)
    if amount < 0:
        raise ValidationError(
            _("an amount cannot be negative: %(text)s"), code="negative", params={"text": text}
        )
    return amount


def _parse_time(text: str) -> time:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", text):
        raise ValidationError(
            _("“%(text)s” is not a time of day (HH:MM)"), code="time", params={"text": text[:40]}
        )
    return time.fromisoformat(text)


def parse_tiers(text: str) -> tuple[Tier, ...]:
    """Read `50000:0.01;200000:0.02;inf:0.03`: rising bounds, the last one `inf`."""
    tiers = []
    for part in text.split(";"):
        match = _TIER.fullmatch(part.strip())
        if not match:
            raise ValidationError(
                _("“%(part)s” is not a tier (amount:rate)"), code="tier", params={"part": part[:40]}
            )
        bound = None if match[1] == "inf" else Decimal(match[1])
        tiers.append(Tier(bound, Decimal(match[2])))
    bounds = [t.up_to for t in tiers]
    if bounds[-1] is not None or None in bounds[:-1] or any(t.rate > 1 for t in tiers):
        raise ValidationError(_("tiers end with inf, and no rate is over 1"), code="tiers")
    limited = [b for b in bounds if b is not None]
    if limited != sorted(set(limited)):
        raise ValidationError(_("the amounts of the tiers must rise"), code="tiers")
    return tuple(tiers)


# A window of objection that never ends would keep a month from ever being final.
# Quiet for no day at all every project would be.
_BOUNDS: dict[str, tuple[int, int | None]] = {
    "cutoff_day": (1, 31),
    "objection_workdays": (0, 60),
    "project_quiet_days": (1, None),
    **dict.fromkeys(
        (
            "kpi_sales_weight",
            "kpi_customers_weight",
            "kpi_satisfaction_weight",
            "kpi_returns_weight",
            "kpi_complaints_weight",
            "kpi_activity_weight",
            "kpi_reports_weight",
            "kpi_grade_a",
            "kpi_grade_b",
            "kpi_grade_c",
        ),
        (0, 100),
    ),
}


def _check_bounds(name: str, value: Any, text: str) -> None:
    lowest, highest = _BOUNDS.get(name, (0, 1 if is_share(name) else None))
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if is_number and (value < lowest or (highest is not None and value > highest)):
        raise ValidationError(
            _("%(name)s lies between %(low)s and %(high)s, not %(text)s"),
            code="bounds",
            params={"name": name, "low": lowest, "high": highest, "text": text[:40]},
        )


def is_share(name: str) -> bool:
    """Whether a parameter is a share of one, which people read as a percentage."""
    return name.endswith("_rate") or name in ("litigation_share", "margin_floor")


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """All versions of the policy. `on(day)` is the only question it answers."""

    starts: tuple[date, ...]
    versions: tuple[Policy, ...]

    @classmethod
    def of(cls, changes: Iterable[tuple[date, str, str]]) -> "PolicyBook":
        """Build it from (effective on, parameter, text of the value), in any order."""
        by_day: dict[date, dict[str, Any]] = {}
        for effective_on, name, text in changes:
            by_day.setdefault(effective_on, {})[name] = parse_parameter(name, text)
        versions = [DEFAULTS]
        for day in sorted(by_day):
            versions.append(replace(versions[-1], effective_on=day, **by_day[day]))
        return cls(tuple(sorted(by_day)), tuple(versions))

    def on(self, day: date) -> Policy:
        """The version in force on a day (POL-1)."""
        return self.versions[bisect_right(self.starts, day)]


def marginal(amount: Decimal, tiers: Iterable[Tier]) -> Decimal:
    """What marginal tiers make of an amount, rounded once, half up (COMM-1)."""
    due, floor = Decimal(0), Decimal(0)
    for tier in tiers:
        ceiling = amount if tier.up_to is None else min(amount, tier.up_to)
        if ceiling > floor:
            due += (ceiling - floor) * tier.rate
            floor = ceiling
    return round_half_up(due)
