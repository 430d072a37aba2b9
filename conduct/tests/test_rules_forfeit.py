"""What a forfeit takes: base salary, commission and bonus of the month (DIS-2)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conduct.rules import bonuses_left, cuts, forfeitable
from payroll.rules import Account
from tests.builders import HER, charge, yuan


def found(*charges):
    return {who: dict(parts) for who, parts in forfeitable(charges).items()}


def test_base_commission_and_bonuses_are_forfeitable():
    charges = [
        charge("BASE", "3000.00"),
        charge("COMM-1", "512.34"),
        charge("REW-1", "200.00", about="2026-10-12"),
        charge("REW-1", "0.66", about="2026-10-13"),
    ]
    assert found(*charges) == {
        HER: {"BASE": yuan("3000.00"), "COMM-1": yuan("512.34"), "REW-1": yuan("200.66")}
    }


def test_no_other_line_is():
    others = ["ATT-2", "ATT-3", "ATT-4", "CUT-2", "EXP-1", "EXP-2", "GOOD-1", "RES-1", "RES-2"]
    assert found(*(charge(rule, "10.00") for rule in others)) == {}


def test_everybody_has_their_own():
    charges = [charge("BASE", "3000.00"), charge("BASE", "2500.00", employee_no="Y008")]
    assert found(*charges) == {HER: {"BASE": yuan("3000.00")}, "Y008": {"BASE": yuan("2500.00")}}


def test_a_part_that_is_missing_is_nothing():
    assert forfeitable([charge("BASE", "3000.00")])[HER]["COMM-1"] == 0
    assert sum(forfeitable([])[HER].values()) == 0


def test_what_does_not_reach_pay_cannot_be_forfeited():
    to_reserve = charge("REW-1", "50.00", target=Account.RESERVE)
    assert found(to_reserve) == {HER: {"REW-1": yuan("0.00")}}


@given(st.lists(st.tuples(st.sampled_from(["BASE", "COMM-1", "REW-1"]), st.integers(1, 10**9))))
def test_the_parts_add_up_to_what_pay_got_to_the_fen(parts):
    charges = [charge(rule, str(Decimal(fen).scaleb(-2))) for rule, fen in parts]
    wages = forfeitable(charges)[HER]
    assert sum(wages.values()) == Decimal(sum(fen for _rule, fen in parts)).scaleb(-2)


@pytest.mark.parametrize(
    ("bonus", "wanted", "taken"),
    [
        ("200.00", ["50.00"], ["50.00"]),
        ("200.00", ["150.00", "80.00"], ["150.00", "50.00"]),  # no more than is left
        ("200.00", ["200.00", "1.00"], ["200.00", "0.00"]),
        ("0.00", ["50.00"], ["0.00"]),
    ],
)
def test_cuts_take_no_more_than_the_bonuses(bonus, wanted, taken):
    assert cuts(yuan(bonus), [yuan(each) for each in wanted]) == [yuan(each) for each in taken]


def test_where_a_forfeit_took_the_bonuses_nothing_is_left_to_cut():
    given_ = [charge("REW-1", "200.00"), charge("REW-1", "100.00", about="2")]
    assert bonuses_left(given_) == {HER: yuan("300.00")}
    forfeit = charge("DIS-2", "300.00", source=Account.PAY, target=Account.COMPANY)
    assert bonuses_left([*given_, forfeit]) == {}
