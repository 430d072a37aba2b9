"""What is prescribed, who decides, until when somebody is heard (DIS-1, DIS-2, DIS-3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conduct.cases.rules import (
    CATALOGUE,
    TWO_SIDED,
    Prescription,
    case_goes_to,
    departs,
    is_second,
    may_be_decided,
    prescription,
    proposal_goes_to,
    reply_by,
)
from conduct.kinds import Offence, Sanction
from payroll.rules.appeals import Party
from policy.workdays import Workdays
from tests.builders import book, day

FORFEIT = Prescription("forfeit", "")
FORFEIT_AND_DISMISSAL = Prescription("forfeit", "dismissal")
BY_GRAVITY = Prescription("", "")


def party(who, *roles):
    return Party(who, frozenset(roles))


HER, MATE = party("Y001", "salesperson"), party("Y002", "salesperson")
MANAGER, LEADER = party("M001", "manager"), party("L001", "leader")


def test_every_offence_is_in_the_catalogue():
    assert set(CATALOGUE) == set(Offence.values)


@pytest.mark.parametrize(
    ("offence", "grave", "second", "expected"),
    [
        ("fighting", False, False, FORFEIT),  # S9-2.2
        ("fighting", True, False, FORFEIT_AND_DISMISSAL),
        ("image", False, False, FORFEIT),  # S9-2.3
        ("image", True, False, FORFEIT),
        ("poaching", False, False, FORFEIT),  # S9-2.4
        ("poaching", False, True, FORFEIT_AND_DISMISSAL),
        ("shifting", True, False, FORFEIT),
        ("shifting", False, True, FORFEIT_AND_DISMISSAL),
        ("property", False, False, BY_GRAVITY),  # S9-2.5: compensation, no sanction
        ("company_name", False, False, FORFEIT_AND_DISMISSAL),  # S9-2.6
        ("secrets", False, False, FORFEIT_AND_DISMISSAL),  # S9-2.7
        ("bribe", True, False, BY_GRAVITY),
        ("dress", False, False, BY_GRAVITY),
        ("other", True, True, BY_GRAVITY),
    ],
)
def test_what_the_documents_prescribe(offence, grave, second, expected):
    assert prescription(offence, grave=grave, second=second) == expected


@pytest.mark.parametrize(
    ("offence", "before", "expected"),
    [
        ("poaching", 0, False),
        ("poaching", 1, True),
        ("shifting", 1, True),  # of either kind
        ("shifting", 5, True),
        ("fighting", 3, False),
    ],
)
def test_the_second_time_is_of_poaching_and_shifting_alone(offence, before, expected):
    assert is_second(offence, before) is expected


@pytest.mark.parametrize(
    ("offence", "sanction", "proposes", "grave", "second", "expected"),
    [
        ("poaching", "forfeit", "", False, False, False),
        ("poaching", "warning", "", False, False, True),
        ("poaching", "forfeit", "dismissal", False, False, True),  # the first time: too much
        ("poaching", "forfeit", "dismissal", False, True, False),
        ("poaching", "", "dismissal", False, True, True),
        ("fighting", "forfeit", "", True, False, True),
        ("secrets", "forfeit", "", False, False, True),
        ("dress", "fine", "", False, False, False),  # as the decider finds
        ("property", "warning", "demotion", True, False, False),
    ],
)
def test_what_departs_from_the_prescribed(offence, sanction, proposes, grave, second, expected):
    assert departs(offence, sanction, proposes, grave=grave, second=second) is expected


@given(
    st.sampled_from(Offence.values),
    st.sampled_from(["", *Sanction.values]),
    st.sampled_from(["", "demotion", "dismissal"]),
    st.booleans(),
    st.booleans(),
)
def test_as_prescribed_never_departs_and_all_else_does_where_it_is(
    offence, sanction, proposes, grave, second
):
    due = prescription(offence, grave=grave, second=second)
    assert not departs(offence, due.sanction, due.proposes, grave=grave, second=second)
    found = departs(offence, sanction, proposes, grave=grave, second=second)
    other = Prescription(sanction, proposes) != due
    assert found is (other and not CATALOGUE[offence].is_free)


def test_both_sides_are_of_poaching_and_shifting():
    assert {"poaching", "shifting"} == TWO_SIDED


@pytest.mark.parametrize(
    ("begun", "last"),
    [
        ("2026-11-02", "2026-11-05"),  # Monday
        ("2026-11-05", "2026-11-10"),  # over the weekend
        ("2026-09-30", "2026-10-10"),  # the holidays do not count
    ],
)
def test_three_workdays_to_reply(begun, last):
    assert reply_by(day(begun), Workdays(), book()) == day(last)


def test_the_version_of_the_day_counts():
    changed = book("2026-11-03 hearing_workdays 1")
    assert reply_by(day("2026-11-02"), Workdays(), changed) == day("2026-11-05")
    assert reply_by(day("2026-11-03"), Workdays(), changed) == day("2026-11-04")


@pytest.mark.parametrize(
    ("replied", "today", "expected"),
    [
        (False, "2026-11-05", False),  # the whole last day is theirs
        (False, "2026-11-06", True),
        (True, "2026-11-02", True),
    ],
)
def test_nobody_is_judged_unheard(replied, today, expected):
    until = day("2026-11-05")
    assert may_be_decided(replied=replied, until=until, today=day(today)) is expected


@pytest.mark.parametrize(
    ("about", "barred", "role"),
    [
        ([HER, MATE], [], "manager"),
        ([HER, MANAGER], [], "leader"),
        ([LEADER, HER], [], "admin"),
        ([HER], [MANAGER], "leader"),  # the manager reported it
        ([HER], [MANAGER, LEADER], "admin"),
        ([HER], [MATE], "manager"),
    ],
)
def test_who_decides(about, barred, role):
    assert case_goes_to(about, barred) == role


@pytest.mark.parametrize(
    ("about", "barred", "role"),
    [
        (HER, [], "leader"),
        (HER, [MANAGER], "leader"),
        (MANAGER, [], "leader"),
        (LEADER, [], "admin"),
        (HER, [LEADER], "admin"),  # the leader reported it
    ],
)
def test_to_whom_it_is_proposed(about, barred, role):
    assert proposal_goes_to(about, barred) == role
