"""Who decides, how long a draft can be objected to, and when final has heard everybody."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payroll.rules.appeals import (
    LADDER,
    FinalRefusal,
    Party,
    Refusal,
    Window,
    decider_of,
    decider_refusal,
    final_refusal,
    may_confirm_final,
    workday_after,
)
from policy.workdays import Workdays
from tests.builders import at, day

ROLES = ("salesperson", "supervisor", "finance", *LADDER)


def party(text: str) -> Party:
    """`M001 manager+salesperson`."""
    who, _space, roles = text.partition(" ")
    return Party(who, frozenset(roles.split("+")))


@pytest.mark.parametrize(
    ("about", "chargers", "decider"),
    [
        ("Y001 salesperson", [], "manager"),
        ("Z001 supervisor+salesperson", [], "manager"),
        ("Y001 salesperson", ["Z001 supervisor"], "manager"),
        ("Y001 salesperson", ["C001 finance"], "manager"),
        ("Y001 salesperson", ["M001 manager"], "leader"),
        ("Y001 salesperson", ["M001 manager+supervisor"], "leader"),
        ("Y001 salesperson", ["L001 leader"], "manager"),
        ("Y001 salesperson", ["M001 manager", "L001 leader"], "admin"),
        ("M001 manager+salesperson", [], "leader"),
        ("M001 manager+salesperson", ["L001 leader"], "admin"),
        ("L001 leader+salesperson", [], "admin"),
        ("L001 leader+manager+salesperson", [], "admin"),
        ("L001 leader+salesperson", ["H001 admin"], "admin"),
        ("H001 admin+salesperson", [], "manager"),
        ("Y001 salesperson", ["M001 manager", "L001 leader", "H001 admin"], "admin"),
    ],
)
def test_which_role_decides(about, chargers, decider):
    assert decider_of(party(about), map(party, chargers)) == decider


@pytest.mark.parametrize(
    ("decider", "about", "chargers", "refusal"),
    [
        ("M001 manager", "Y001 salesperson", [], None),
        ("M002 manager", "Y001 salesperson", ["M001 manager"], Refusal.ROLE),
        ("M001 manager", "Y001 salesperson", ["M001 manager"], Refusal.CHARGED),
        ("L001 leader", "Y001 salesperson", ["M001 manager"], None),
        ("L001 leader", "Y001 salesperson", [], Refusal.ROLE),
        ("Y001 salesperson", "Y001 salesperson", [], Refusal.OWN),
        ("M001 manager+salesperson", "M001 manager+salesperson", [], Refusal.OWN),
        ("L001 leader", "M001 manager+salesperson", [], None),
        ("H001 admin", "L001 leader+salesperson", [], None),
        ("H001 admin", "L001 leader+salesperson", ["H001 admin"], Refusal.CHARGED),
        ("M001 manager", "L001 leader+salesperson", [], Refusal.ROLE),
        ("Z001 supervisor", "Y001 salesperson", [], Refusal.ROLE),
        ("C001 finance", "Y001 salesperson", [], Refusal.ROLE),
        ("M001 manager+leader", "Y001 salesperson", ["M001 manager+leader"], Refusal.CHARGED),
    ],
)
def test_who_decides(decider, about, chargers, refusal):
    assert decider_refusal(party(decider), party(about), map(party, chargers)) == refusal


parties = st.builds(
    Party, st.sampled_from("ABCDE"), st.frozensets(st.sampled_from(ROLES), min_size=1)
)


@given(decider=parties, about=parties, chargers=st.lists(parties, max_size=4))
def test_nobody_decides_on_the_own_nor_on_what_they_charged(decider, about, chargers):
    if decider_refusal(decider, about, chargers) is None:
        assert decider.who != about.who
        assert decider.who not in {each.who for each in chargers}
        assert decider_of(about, chargers) in decider.roles


@given(about=parties, chargers=st.lists(parties, max_size=4))
def test_it_never_goes_to_ones_own_rung_or_below(about, chargers):
    role = decider_of(about, chargers)
    held = [rung for rung, each in enumerate(LADDER[:-1]) if each in about.roles]
    assert LADDER.index(role) > max(held, default=-1)


@pytest.mark.parametrize(
    ("since", "count", "last"),
    [
        ("2026-11-02", 5, "2026-11-09"),  # a Monday
        ("2026-11-01", 5, "2026-11-06"),  # a Sunday
        ("2026-11-06", 1, "2026-11-09"),  # a Friday
        ("2026-11-02", 0, "2026-11-02"),
        ("2026-10-01", 5, "2026-10-13"),  # the holidays, with the make-up day of the 10th
    ],
)
def test_workdays_are_the_companys(since, count, last):
    assert workday_after(day(since), count=count, workdays=Workdays()) == day(last)


def test_the_companys_own_word_counts():
    own = Workdays({date(2026, 11, 3): False})
    assert workday_after(day("2026-11-02"), count=1, workdays=own) == day("2026-11-04")


@pytest.mark.parametrize(
    ("now", "over"), [("2026-11-09 23:59:59.999999", False), ("2026-11-10 00:00", True)]
)
def test_a_window_ends_with_its_last_day(now, over):
    assert Window(day("2026-11-02"), day("2026-11-09")).is_over(at(now)) == over


WINDOW = Window(day("2026-11-02"), day("2026-11-09"))
DURING, AFTER = at("2026-11-09 12:00"), at("2026-11-10 00:00")


@pytest.mark.parametrize(
    ("appeals", "window", "waiting", "reason", "now", "refusal"),
    [
        (0, WINDOW, 0, "", DURING, None),
        (0, WINDOW, 1, "", DURING, FinalRefusal.WINDOW),
        (0, WINDOW, 1, "  ", DURING, FinalRefusal.WINDOW),
        (0, WINDOW, 1, "the bank", DURING, None),
        (0, WINDOW, 1, "", AFTER, None),
        (0, None, 1, "", AFTER, FinalRefusal.WINDOW),
        (0, None, 0, "", AFTER, None),
        (1, WINDOW, 0, "the bank", AFTER, FinalRefusal.APPEALS),
    ],
)
def test_final_hears_everybody(appeals, window, waiting, reason, now, refusal):
    found = final_refusal(
        open_appeals=appeals, window=window, waiting_for=waiting, early_reason=reason, now=now
    )
    assert found == refusal


@pytest.mark.parametrize(
    ("asker", "confirmer", "may"),
    [
        ("C001 finance", "M001 manager", True),
        ("M001 manager", "C001 finance", True),
        ("C001 finance", "C003 finance", False),
        ("M001 manager", "M001 manager", False),
        ("X001 manager+finance", "X001 manager+finance", False),
        ("X001 manager+finance", "C001 finance", True),
        ("C001 finance", "L001 leader", False),
    ],
)
def test_two_make_it_final(asker, confirmer, may):
    assert may_confirm_final(party(asker), party(confirmer)) == may


def test_each_day_is_after_the_one_before():
    days = [workday_after(day("2026-11-02"), count=n, workdays=Workdays()) for n in range(10)]
    assert days == sorted(set(days))
    assert days[-1] - days[0] >= timedelta(days=9)
