"""By turns, whoever owes it first; nobody two turns ahead of anybody (MEET-3)."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.rules.cleaning import Cleaner, Owed, Turn, roster

FIRST = date(2026, 1, 1)
# A machine that has much to do is no fault of the rule.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def days(count: int, *, after: int = 0) -> list[date]:
    return [FIRST + timedelta(days=after + n) for n in range(count)]


def team(*numbers: str, since: date = FIRST) -> list[Cleaner]:
    return [Cleaner(number, since) for number in numbers]


def who(turns: list[Turn]) -> str:
    return "".join(turn.employee_no for turn in turns)


def test_by_turns_in_the_order_of_their_numbers():
    assert who(roster(days(7), cleaners=team("B", "A", "C"), away={})) == "ABCABCA"


@pytest.mark.parametrize(
    ("away", "turns"),
    [
        ({0: "A"}, "BCABCAB"),  # of the first morning no share is theirs
        ({0: "ABC"}, "ABCABC"),  # a morning on which nobody is there has no turn
        ({2: "C", 3: "C", 4: "C"}, "ABABACB"),
    ],
)
def test_whoever_is_away_has_no_turn_and_nothing_to_make_up_for(away, turns):
    gone = {FIRST + timedelta(days=n): set(names) for n, names in away.items()}
    found = roster(days(7), cleaners=team("A", "B", "C"), away=gone)
    assert who(found) == turns
    assert all(turn.employee_no not in gone.get(turn.on, ()) for turn in found)


def test_who_comes_new_does_not_clean_all_week():
    cleaners = [*team("A", "B"), Cleaner("N", FIRST + timedelta(days=6))]
    assert who(roster(days(12), cleaners=cleaners, away={}))[6:] == "NABNAB"


def test_who_has_left_has_no_turn():
    cleaners = [*team("A"), Cleaner("L", FIRST, FIRST + timedelta(days=1))]
    assert who(roster(days(4), cleaners=cleaners, away={})) == "ALAA"


def test_whoever_owes_comes_first_the_oldest_duty_first_and_keeps_the_own_turn():
    owed = [Owed("VIS-2/C/2025-11", "C"), Owed("VIS-2/B/2025-12", "B")]
    found = roster(days(6), cleaners=team("A", "B", "C"), away={}, owed=owed)
    assert who(found) == "CBABCA"
    assert [turn.owed_for for turn in found[:3]] == ["VIS-2/C/2025-11", "VIS-2/B/2025-12", None]


def test_who_owes_and_is_away_owes_on():
    owed = [Owed("C1", "C"), Owed("B1", "B")]
    gone = {FIRST: {"C"}}
    assert who(roster(days(3), cleaners=team("A", "B", "C"), away=gone, owed=owed)) == "BCA"


def test_turns_of_late_and_those_given_by_hand_count():
    taken = [Turn(FIRST, "A"), Turn(FIRST + timedelta(days=2), "A")]
    found = roster(days(4, after=1), cleaners=team("A", "B", "C"), away={}, taken=taken)
    assert who(found) == "BACB"


def test_whose_turn_is_longest_ago_comes_first_though_nobody_has_one_lately():
    last = {"A": date(2025, 6, 3), "B": date(2025, 6, 2)}
    assert who(roster(days(3), cleaners=team("A", "B", "C"), away={}, last=last)) == "CBA"


NAMES = st.lists(st.sampled_from("ABCDEFGHIJ"), min_size=1, max_size=10, unique=True)


@st.composite
def teams(draw) -> dict:
    names = draw(NAMES)
    count = draw(st.integers(0, 60))
    owed = draw(st.lists(st.sampled_from(names), max_size=8))
    return {
        "days": days(count),
        "cleaners": team(*names),
        "owed": [Owed(f"VIS-2/{name}/{n}", name) for n, name in enumerate(owed)],
    }


def spread(turns: list[Turn], names: list[str]) -> int:
    counted = Counter(turn.employee_no for turn in turns if turn.owed_for is None)
    counts = [counted[name] for name in names]
    return max(counts) - min(counts)


@calm
@given(teams())
def test_nobody_is_two_turns_ahead_of_anybody_unless_owing(about):
    found = roster(about["days"], cleaners=about["cleaners"], away={}, owed=about["owed"])
    names = [each.employee_no for each in about["cleaners"]]
    assert len(found) == len(about["days"])
    for until in range(len(found) + 1):
        assert spread(found[:until], names) <= 1
    paid = [turn.owed_for for turn in found if turn.owed_for]
    assert paid == [duty.key for duty in about["owed"]][: len(paid)]
    assert len(paid) == min(len(about["owed"]), len(about["days"]))


@calm
@given(teams(), st.dictionaries(st.integers(0, 59), st.sets(st.sampled_from("FGHIJ"))))
def test_those_who_are_always_there_differ_by_one_however_others_come_and_go(about, gone):
    away = {FIRST + timedelta(days=n): names for n, names in gone.items()}
    found = roster(about["days"], cleaners=about["cleaners"], away=away, owed=about["owed"])
    there = [c.employee_no for c in about["cleaners"] if c.employee_no in "ABCDE"]
    if there:
        assert spread(found, there) <= 1
    assert all(turn.employee_no not in away.get(turn.on, ()) for turn in found)


@calm
@given(teams(), st.randoms())
def test_it_hangs_on_the_facts_alone(about, random):
    said = {"days": about["days"], "away": {}, "owed": about["owed"]}
    right = roster(cleaners=about["cleaners"], **said)
    shuffled = list(about["cleaners"])
    random.shuffle(shuffled)
    assert roster(cleaners=shuffled, **said) == right
    # Made again in the middle, with what was taken so far, it goes on the same way.
    half = len(right) // 2
    again = roster(
        about["days"][half:],
        cleaners=shuffled,
        away={},
        taken=right[:half],
        owed=[duty for duty in about["owed"] if duty.key not in {t.owed_for for t in right[:half]}],
    )
    assert again == right[half:]


@settings(calm, max_examples=20)
@given(NAMES, st.integers(1, 30))
def test_fair_for_a_year_though_only_weeks_are_looked_at(names, lately):
    done: list[Turn] = []
    for day in days(200):
        taken = [turn for turn in done if turn.on >= day - timedelta(days=lately)]
        last = {turn.employee_no: turn.on for turn in done}
        done += roster([day], cleaners=team(*names), away={}, taken=taken, last=last)
    assert spread(done, names) <= 1
    assert all(one.employee_no != other.employee_no for one, other in pairwise(done)) or (
        len(names) == 1
    )
