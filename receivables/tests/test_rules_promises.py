"""DUE-1: which promises of a plan were kept and which were broken. Without a database."""

import random

import pytest

from receivables.rules.promises import Promise, promise_verdicts
from tests.builders import day, yuan


def said(promises, money, morning, paid_on=None) -> list[str]:
    """Each promise as `state day`, in the order given; days are of November 2026."""
    given = [
        Promise(n, _day(due), yuan(amount), _day(done[0]) if done else None)
        for n, (due, amount, *done) in enumerate(promises)
    ]
    moved = [(_day(on), yuan(amount)) for on, amount in money]
    found = promise_verdicts(given, moved, _day(morning), paid_on=paid_on and _day(paid_on))
    return [
        f"{verdict.state} {verdict.settled_on.day if verdict.settled_on else '-'}"
        for _key, verdict in sorted(found.items())
    ]


def _day(number: int):
    return day(f"2026-11-{number:02}")


@pytest.mark.parametrize(
    ("promises", "money", "morning", "verdicts"),
    [
        pytest.param([(10, "100")], [], 10, ["open -"], id="its day has not ended"),
        pytest.param([(10, "100")], [], 11, ["broken 11"], id="the morning after"),
        pytest.param([(10, "100")], [], 25, ["broken 11"], id="weeks later: the same"),
        pytest.param([(10, "100")], [(10, "100")], 11, ["kept 10"], id="on the day itself"),
        pytest.param([(10, "100")], [(10, "100")], 10, ["open -"], id="that morning unseen"),
        pytest.param([(10, "100")], [(4, "100")], 5, ["kept 4"], id="before its day"),
        pytest.param([(10, "100")], [(11, "100")], 12, ["broken 11"], id="a day too late"),
        pytest.param([(10, "100")], [(9, "99.99")], 11, ["broken 11"], id="a fen too little"),
        pytest.param([(10, "100")], [(8, "60"), (9, "40")], 11, ["kept 9"], id="in two payments"),
        pytest.param(
            [(10, "100"), (20, "200")],
            [(9, "100")],
            21,
            ["kept 9", "broken 21"],
            id="the second is broken",
        ),
        pytest.param(
            [(10, "100"), (20, "200")],
            [(15, "300")],
            21,
            ["broken 11", "kept 15"],
            id="late for the first, in time for both together",
        ),
        pytest.param(
            [(10, "100"), (20, "200")], [(9, "300")], 11, ["kept 9", "kept 9"], id="all at once"
        ),
        pytest.param(
            [(20, "200"), (10, "100")],
            [(9, "100")],
            11,
            ["open -", "kept 9"],
            id="the earlier first, whichever was written first",
        ),
        pytest.param(
            [(10, "100"), (10, "50")], [(9, "120")], 11, ["kept 9", "broken 11"], id="one day, two"
        ),
        pytest.param([(10, "0")], [], 10, ["open -"], id="to be done today"),
        pytest.param([(10, "0")], [], 11, ["broken 11"], id="not done"),
        pytest.param([(10, "0", 9)], [], 11, ["kept 9"], id="done"),
        pytest.param([(10, "0")], [(9, "5000")], 11, ["broken 11"], id="money does no errand"),
        pytest.param(
            [(9, "0"), (10, "100")],
            [(9, "100")],
            11,
            ["broken 10", "kept 9"],
            id="errand and money",
        ),
    ],
)
def test_promises(promises, money, morning, verdicts):
    assert said(promises, money, morning) == verdicts


def test_a_debt_that_is_settled_breaks_no_promise_to_come():
    """Goods came back, or it was paid with less than was promised."""
    promises = [(5, "100"), (10, "100"), (12, "0"), (20, "500")]
    assert said(promises, [], 25, paid_on=8) == ["broken 6", "kept 8", "open -", "kept 8"]
    assert said(promises, [], 25) == ["broken 6", "broken 11", "broken 13", "broken 21"]


def test_settled_on_its_day_is_in_time_and_the_day_after_is_not():
    assert said([(10, "100")], [], 12, paid_on=10) == ["kept 10"]
    assert said([(10, "100")], [], 12, paid_on=11) == ["broken 11"]


def test_a_correction_turns_broken_into_kept_and_back():
    promises = [(10, "100")]
    assert said(promises, [(12, "100")], 15) == ["broken 11"]
    assert said(promises, [(10, "100")], 15) == ["kept 10"]  # it had been handed in on the 10th
    assert said(promises, [(10, "100"), (10, "-100")], 15) == ["broken 11"]  # the cheque bounced


def test_late_or_day_by_day_it_comes_to_the_same():
    """What a run on the last morning finds is what daily runs have found, and stays found."""
    rng = random.Random(7)
    for _turn in range(200):
        promises = [
            (rng.randint(3, 20), rng.choice(["0", "50", "100", "120.50"]))
            for _each in range(rng.randint(1, 5))
        ]
        money = [
            (rng.randint(1, 22), f"{rng.randint(1, 200)}.00") for _e in range(rng.randint(0, 4))
        ]
        last = said(promises, money, 28)
        for morning in range(2, 28):
            for now, then in zip(said(promises, money, morning), last, strict=True):
                assert now in ("open -", then)
