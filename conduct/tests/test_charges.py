"""Bonuses and forfeits as the month's close finds them (REW-1, DIS-2)."""

import pytest

from conduct.charges import bonuses, forfeits
from payroll.querysets import statement_lines
from payroll.services import month_close
from tests.builders import (
    HER,
    charge,
    conduct_case,
    context,
    damage,
    evidence_rows,
    lines,
    order,
    payment,
    person,
    reward,
    slip,
    yuan,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def her():
    return person()


WAGES = (
    charge("BASE", "3000.00"),
    charge("COMM-1", "512.34"),
    charge("REW-1", "200.00", about="2026-10-12"),
)


def given(as_of="2026-12-31 00:00"):
    return lines(bonuses(context(as_of=as_of)).charges)


def forfeited(*earlier, as_of="2026-12-31 00:00"):
    return lines(forfeits(context(as_of=as_of, earlier=earlier or WAGES)).charges)


# REW-1.


def test_a_bonus_is_paid(her):
    reward(her, note="best of the week")
    [found] = bonuses(context()).charges
    assert lines([found]) == [("REW-1/Y007/2026-10-12/best of the week", "company>pay", "200.00")]
    assert evidence_rows(found) == ["Y007 2026-10-12"]


@pytest.mark.parametrize("kind", ["title", "leave", "praise"])
def test_no_other_reward_is_money(her, kind):
    reward(her, kind=kind, amount="200.00")
    reward(her, kind=kind, amount=None, note="without an amount")
    assert given() == []


@pytest.mark.parametrize(
    ("on", "counts"),
    [("2026-09-30", False), ("2026-10-01", True), ("2026-10-31", True), ("2026-11-01", False)],
)
def test_a_bonus_belongs_to_the_month_it_was_decided_in(her, on, counts):
    reward(her, on)
    assert bool(given()) is counts


def test_a_bonus_counts_from_its_day(her):
    reward(her, "2026-10-12")
    assert given("2026-10-11 23:59:59") == []
    assert len(given("2026-10-12 00:00")) == 1


def test_a_bonus_of_nothing_is_no_charge(her):
    reward(her, amount="0.00")
    assert given() == []


def test_whoever_sells_nothing_has_no_statement_for_a_bonus():
    reward(person("K001", roles="keeper"))
    assert given() == []


def test_bonuses_of_one_day_are_told_apart_by_their_notes(her):
    for note in ("", "/", "orders", "orders/", "orders//"):
        reward(her, note=note)
    keys = [key for key, *_rest in given()]
    assert len(set(keys)) == 5
    assert keys[0] == "REW-1/Y007/2026-10-12"


# DIS-2.


def test_base_commission_and_bonus_are_forfeited(her):
    conduct_case(her)
    [found] = forfeits(context(earlier=WAGES)).charges
    assert lines([found]) == [("DIS-2/Y007/2026-10", "pay>company", "3712.34")]
    assert found.arithmetic.values == {
        "base": "3000.00",
        "commission": "512.34",
        "bonus": "200.00",
        "amount": "3712.34",
    }


def test_two_forfeits_in_one_month_take_it_once(her):
    conduct_case(her, "D2", on="2026-10-20", offence="shifting")
    conduct_case(her, "D1", on="2026-10-25")
    [found] = forfeits(context(earlier=WAGES)).charges
    assert lines([found]) == [("DIS-2/Y007/2026-10", "pay>company", "3712.34")]
    assert evidence_rows(found) == ["D1", "D2"]


def test_other_lines_stay(her):
    conduct_case(her)
    others = [charge(rule, "10.00") for rule in ("ATT-3", "EXP-1", "RES-2", "RES-6")]
    assert forfeited(charge("BASE", "3000.00"), *others) == [
        ("DIS-2/Y007/2026-10", "pay>company", "3000.00")
    ]


@pytest.mark.parametrize(
    "sanction", ["criticism", "warning", "fine", "bonus_cut", "demotion", "dismissal"]
)
def test_no_other_sanction_forfeits(her, sanction):
    conduct_case(her, sanction=sanction)
    assert forfeited() == []


@pytest.mark.parametrize("offence", ["fighting", "image", "poaching", "shifting", "secrets"])
def test_every_forfeit_stands_under_one_rule(her, offence):
    conduct_case(her, offence=offence)
    assert [key for key, *_rest in forfeited()] == ["DIS-2/Y007/2026-10"]


@pytest.mark.parametrize(
    ("on", "counts"),
    [("2026-09-30", False), ("2026-10-01", True), ("2026-10-31", True), ("2026-11-01", False)],
)
def test_the_wages_forfeited_are_those_of_the_month_of_the_decision(her, on, counts):
    conduct_case(her, on=on)
    assert bool(forfeited()) is counts


def test_a_forfeit_waits_for_the_months_wages(her):
    conduct_case(her)
    assert forfeited(as_of="2026-10-31 23:59:59.999999") == []
    assert len(forfeited(as_of="2026-11-01 00:00")) == 1


def test_where_there_are_no_wages_there_is_nothing_to_forfeit(her):
    conduct_case(her)
    assert forfeited(charge("EXP-1", "80.00")) == []
    assert forfeited(charge("BASE", "3000.00", employee_no="Y008")) == []


def test_both_sides_of_a_poaching_lose_their_own(her):
    conduct_case(her, "D1")
    conduct_case(person("Y008"), "D2", offence="shifting")
    assert forfeited(*WAGES, charge("BASE", "2500.00", employee_no="Y008")) == [
        ("DIS-2/Y007/2026-10", "pay>company", "3712.34"),
        ("DIS-2/Y008/2026-10", "pay>company", "2500.00"),
    ]


def test_a_forfeit_can_leave_a_statement_below_nothing(her):
    """October: 3,000 base and 10 commission gone, 120.50 for the projector, 150 to the reserve."""
    paid = slip(order(her))
    payment(paid, amount="1000.00", received="2026-10-20 10:00", handed_in="2026-10-20 17:00")
    conduct_case(her)
    damage(her)
    closing = context().month
    month_close(month=closing, as_of=closing.end)
    ours = {
        rule: amount for rule, amount in statement_lines(closing)[HER].items() if rule[:3] != "ATT"
    }
    assert ours == {
        "BASE": yuan("3000.00"),
        "COMM-1": yuan("10.00"),
        "DIS-2": yuan("-3010.00"),
        "GOOD-2": yuan("-120.50"),
        "RES-1": yuan("-150.00"),
    }
    assert sum(ours.values()) == yuan("-270.50")


def test_a_case_taken_back_gives_the_wages_back(her):
    case = conduct_case(her)
    closing = context().month
    month_close(month=closing, as_of=closing.end)
    assert statement_lines(closing)[HER]["DIS-2"] == yuan("-3000.00")
    case.sanction = "warning"
    case.save(update_fields=["sanction"])
    month_close(month=closing, as_of=closing.end)
    assert statement_lines(closing)[HER]["DIS-2"] == 0
