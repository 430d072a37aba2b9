"""Losses past the lawful limit, month after month, in the books (PAY-4)."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Person
from core import clock
from core.months import Month
from core.verification import problems
from payroll.models import Entry
from payroll.querysets import statement_lines
from payroll.rules import Account
from payroll.services import month_close, month_final
from policy.models import PolicyParameter
from tests import builders
from tests.builders import at, damage

D = Decimal
OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)
HER = "Y007"

pytestmark = pytest.mark.django_db


@pytest.fixture
def her() -> Person:
    return builders.person(HER, base_salary="5000.00")


def policy(parameter: str, value: str, on: date = date(2026, 1, 1)) -> None:
    PolicyParameter.objects.create(effective_on=on, parameter=parameter, value=value)


def no_fines() -> None:
    for parameter in ("absence_fine_per_day", "reserve_monthly", "late_fine"):
        policy(parameter, "0")


def closed_and_final(month: Month) -> dict[str, Decimal]:
    with clock.set_to(month.end):
        month_close(month=month)
        month_final(month=month, early_reason="all have seen it")
    return {rule: amount for rule, amount in statement_lines(month)[HER].items() if amount}


def carried() -> Decimal:
    return Entry.objects.balances().get((Account.CARRIED, HER), D("0.00"))


def test_switched_off_everything_is_taken_at_once(her):
    no_fines()
    damage(her, cost_price="2300.00", on="2026-10-08")
    assert closed_and_final(OCTOBER) == {"BASE": D("5000.00"), "GOOD-2": D("-2300.00")}
    assert carried() == 0


def test_what_is_over_is_taken_from_the_months_that_follow(her):
    no_fines()
    policy("deduction_cap_on", "yes")
    damage(her, cost_price="2300.00", on="2026-10-08")
    lines = [closed_and_final(month) for month in (OCTOBER, NOVEMBER, DECEMBER)]
    assert lines == [
        {"BASE": D("5000.00"), "GOOD-2": D("-2300.00"), "PAY-4": D("1300.00")},
        {"BASE": D("5000.00"), "PAY-4": D("-1000.00")},
        {"BASE": D("5000.00"), "PAY-4": D("-300.00")},
    ]
    assert carried() == 0
    assert not list(problems())


def test_closing_again_changes_nothing(her):
    no_fines()
    policy("deduction_cap_on", "yes")
    damage(her, cost_price="2300.00", on="2026-10-08")
    with clock.set_to(OCTOBER.end):
        month_close(month=OCTOBER)
        before = Entry.objects.count()
        month_close(month=OCTOBER)
    assert Entry.objects.count() == before


def test_nothing_is_carried_before_the_month_is_over(her):
    no_fines()
    policy("deduction_cap_on", "yes")
    damage(her, cost_price="2300.00", on="2026-10-08")
    with clock.set_to(at("2026-10-20 09:00")):
        month_close(month=OCTOBER)
    assert dict(statement_lines(OCTOBER)[HER]) == {"GOOD-2": D("-2300.00")}


def test_the_minimum_wage_stands_above_the_fifth(her):
    no_fines()
    policy("deduction_cap_on", "yes")
    policy("minimum_wage", "4900")
    damage(her, cost_price="150.00", on="2026-10-08")
    assert closed_and_final(OCTOBER)["PAY-4"] == D("50.00")


def test_whoever_leaves_keeps_what_is_left_as_owed(her):
    no_fines()
    policy("deduction_cap_on", "yes")
    damage(her, cost_price="2300.00", on="2026-10-08")
    Person.objects.filter(pk=her.pk).update(left_on=date(2026, 10, 31))
    builders.person("Y008")
    closed_and_final(OCTOBER)
    with clock.set_to(NOVEMBER.end):
        month_close(month=NOVEMBER)
    assert HER not in statement_lines(NOVEMBER)
    assert carried() == D("-1300.00")


def test_the_limit_taken_back_takes_what_was_carried(her):
    no_fines()
    policy("deduction_cap_on", "yes")
    policy("deduction_cap_on", "no", date(2026, 11, 1))
    damage(her, cost_price="2300.00", on="2026-10-08")
    closed_and_final(OCTOBER)
    assert closed_and_final(NOVEMBER) == {"BASE": D("5000.00"), "PAY-4": D("-1300.00")}


def test_a_loss_found_late_meets_the_limit_of_the_open_month(her):
    no_fines()
    policy("deduction_cap_on", "yes")
    closed_and_final(OCTOBER)
    damage(her, cost_price="2300.00", on="2026-10-08")
    lines = closed_and_final(NOVEMBER)
    assert lines == {"BASE": D("5000.00"), "GOOD-2": D("-2300.00"), "PAY-4": D("1300.00")}
    assert closed_and_final(DECEMBER)["PAY-4"] == D("-1000.00")
    assert not list(problems())


def test_a_loss_taken_back_sets_off_what_was_carried(her):
    no_fines()
    policy("deduction_cap_on", "yes")
    broken = damage(her, cost_price="2300.00", on="2026-10-08")
    closed_and_final(OCTOBER)
    broken.delete()
    lines = closed_and_final(NOVEMBER)
    assert lines == {"BASE": D("5000.00"), "GOOD-2": D("2300.00"), "PAY-4": D("-1300.00")}
    assert carried() == 0
    assert not list(problems())
