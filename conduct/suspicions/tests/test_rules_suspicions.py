"""What makes a suspicion, at every edge (DIS-3)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conduct.suspicions.rules import (
    Change,
    ConflictFact,
    FileFact,
    Lost,
    OrderFact,
    filed_twice,
    holders,
    reassigned,
    registered_twice,
    signed_by_another,
)
from customers.rules.lookalikes import firm_of
from tests.builders import at, day

A, B, C = "Y001", "Y002", "Y003"
DAY = "2026-10-12"
START, END = at(f"{DAY} 00:00"), at("2026-10-13 00:00")


def moved(when: str, before: str, after: str) -> Change:
    return Change(at(when), before, after)


def fact(**said) -> OrderFact:
    usual = {"order_no": "D1", "customer_no": "K1", "seller": A, "owner": A}
    return OrderFact(**{**usual, "signed_on": day(DAY), **said})


def signed(**said):
    return signed_by_another(fact(**said), START, END)


@pytest.mark.parametrize(
    ("now", "changes", "expected"),
    [
        (A, [], {A}),
        (B, [moved("2026-10-11 23:59:59", A, B)], {B}),
        (B, [moved(f"{DAY} 00:00", A, B)], {B}),  # the very instant is the new one's
        (B, [moved(f"{DAY} 00:00:00.000001", A, B)], {A, B}),
        (B, [moved(f"{DAY} 23:59:59.999999", A, B)], {A, B}),
        (B, [moved("2026-10-13 00:00", A, B)], {A}),
        (B, [moved("2026-10-13 00:00:01", A, B)], {A}),
        (C, [moved(f"{DAY} 09:00", A, B), moved(f"{DAY} 10:00", B, C)], {A, B, C}),
        (C, [moved("2026-10-20 09:00", A, B), moved("2026-10-21 10:00", B, C)], {A}),
    ],
)
def test_in_whose_hands_something_was_on_a_day(now, changes, expected):
    assert holders(now, changes, START, END) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, None),
        ({"owner": B}, (A, B)),
        ({"owner": ""}, None),
        ({"owner": B, "signed_on": None}, None),
        # The owner of that day signed; both passed on since.
        ({"seller": B, "transfers": (moved("2026-10-20 09:00", A, B),)}, None),
        ({"owner": C, "owned": (moved("2026-10-20 09:00", A, C),)}, None),
        # Whose it is by now does not make good what was signed before.
        ({"owned": (moved("2026-10-20 09:00", B, A),)}, (A, B)),
        ({"seller": A, "transfers": (moved("2026-10-20 09:00", B, A),)}, (B, A)),
        ({"passed": (moved("2026-10-20 09:00", B, A),)}, (B, A)),
        # On the day itself it has no hour: whoever had it then counts.
        ({"owned": (moved(f"{DAY} 17:00", B, A),)}, None),
        ({"owned": (moved(f"{DAY} 17:00", "", B),), "owner": B}, (A, B)),
        ({"owned": (moved("2026-10-20 17:00", "", B),), "owner": B}, None),
        # The owner of a file that was merged with it since; not of one that was merged before.
        ({"owner": B, "also_owned": ((moved("2026-10-20 17:00", A, ""),),)}, None),
        ({"owner": B, "also_owned": ((moved("2026-10-11 17:00", A, ""),),)}, (A, B)),
        ({"owner": B, "also_owned": ((moved("2026-10-20 17:00", C, ""),),)}, (A, B)),
        (
            {
                "owner": B,
                "also_owned": (
                    (moved("2026-10-20 17:00", C, ""),),
                    (moved("2026-10-14 17:00", A, C), moved("2026-10-20 18:00", C, "")),
                ),
            },
            None,
        ),
    ],
)
def test_signed_by_somebody_else_than_the_owner_of_that_day(said, expected):
    found = signed(**said)
    assert (found and (found.gains, found.loses)) == expected
    assert found is None or found.key == "signed/D1"


def test_a_project_that_was_assigned_is_told_beside():
    found = signed(owner=B, project="X1")
    assert [(each.kind, each.no) for each in found.evidence] == [
        ("order", "D1"),
        ("customer", "K1"),
        ("project", "X1"),
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        ({"seller": B, "transfers": (moved("2026-10-20 09:00", A, B),)}, []),
        (
            {"seller": B, "passed": (moved("2026-10-20 09:00", A, B),)},
            ["reassigned/D1/Y001/Y002/2026-10-20"],
        ),
        # There and back: twice.
        (
            {
                "seller": A,
                "passed": (moved("2026-10-20 09:00", A, B), moved("2026-10-21 09:00", B, A)),
            },
            ["reassigned/D1/Y001/Y002/2026-10-20", "reassigned/D1/Y002/Y001/2026-10-21"],
        ),
        # The date is the company's, at either end of its day.
        (
            {"seller": B, "passed": (moved("2026-10-20 00:20", A, B),)},
            ["reassigned/D1/Y001/Y002/2026-10-20"],
        ),
        (
            {"seller": B, "passed": (moved("2026-10-20 23:59:59", A, B),)},
            ["reassigned/D1/Y001/Y002/2026-10-20"],
        ),
        # It is not whose its last transfer made it.
        (
            {"seller": C, "transfers": (moved("2026-10-20 09:00", A, B),)},
            ["reassigned/D1/Y002/Y003/"],
        ),
        # By a file, then by a transfer: the transfer is none.
        (
            {
                "seller": C,
                "passed": (moved("2026-10-20 09:00", A, B),),
                "transfers": (moved("2026-10-21 09:00", B, C),),
            },
            ["reassigned/D1/Y001/Y002/2026-10-20"],
        ),
    ],
)
def test_an_order_that_changed_hands_outside_a_transfer(said, expected):
    found = list(reassigned(fact(**said)))
    assert [each.key for each in found] == expected
    for each in found:
        assert each.evidence[0].values["date"] == each.key.rpartition("/")[2]


@pytest.mark.parametrize(
    ("earlier", "later", "two", "expected"),
    [(A, B, False, True), (A, A, False, False), (A, B, True, False)],
)
def test_two_registrations_of_two_people(earlier, later, two, expected):
    found = registered_twice(ConflictFact("T1", "X1", "X2", earlier, later, two))
    assert (found is not None) is expected
    if found:
        assert (found.key, found.gains, found.loses) == ("registrations/T1", B, A)


def lost(when: str) -> Lost:
    return Lost(at(when), True)


def again(when: str) -> Lost:
    return Lost(at(when), False)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], True),
        ([lost("2026-10-11 09:00")], False),
        ([lost(f"{DAY} 09:00")], False),
        ([lost(f"{DAY} 09:00:00.000001")], True),
        ([lost("2026-10-11 09:00"), again(f"{DAY} 09:00:01")], False),
        ([lost("2026-10-11 09:00"), again(f"{DAY} 09:00")], True),
        ([lost("2026-09-11 09:00"), again("2026-09-12 09:00"), lost("2026-10-01 09:00")], False),
        ([lost("2026-09-11 09:00"), again("2026-09-12 09:00"), lost("2026-10-20 09:00")], True),
    ],
)
def test_what_the_first_had_given_up_was_free_to_be_registered(spans, expected):
    conflict = ConflictFact("T1", "X1", "X2", A, B, False, at(f"{DAY} 09:00"), tuple(spans))
    assert (registered_twice(conflict) is not None) is expected


def filed(no: str, name: str, owner: str, on: str, *owned: Change) -> FileFact:
    return FileFact(no, name, owner, day(on), firm_of(name), owned)


SINCE = day("2026-09-01")
FIRST = filed("K1", "宁波海润塑机有限公司", A, "2024-03-01")


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (filed("K2", "海润塑机", B, "2026-10-01"), [("files/K1/K2", B, A)]),
        (filed("K2", "宁波海润塑机", B, "2026-09-01"), [("files/K1/K2", B, A)]),
        (filed("K2", "海润塑机", B, "2026-08-31"), []),
        (filed("K2", "海润塑机", A, "2026-10-01"), []),
        (filed("K2", "海润塑机", "", "2026-10-01"), []),
        (filed("K2", "杭州海润塑机有限公司", B, "2026-10-01"), []),
        (filed("K2", "海天塑机", B, "2026-10-01"), []),
        # Opened for A, and passed on since: nobody's doing but the manager's.
        (filed("K2", "海润塑机", B, "2026-10-01", moved("2026-10-20 09:00", A, B)), []),
        # On the very day too; and the other way about.
        (filed("K2", "海润塑机", B, "2026-10-01", moved("2026-10-01 09:00", A, B)), []),
        (
            filed("K2", "海润塑机", A, "2026-10-01", moved("2026-10-20 09:00", B, A)),
            [("files/K1/K2", B, A)],
        ),
        (
            filed("K2", "海润塑机", "", "2026-10-01", moved("2026-10-20 09:00", B, "")),
            [("files/K1/K2", B, A)],
        ),
    ],
)
def test_two_files_of_one_firm_with_two_owners(second, expected):
    found = list(filed_twice([second, FIRST], SINCE))
    assert [(each.key, each.gains, each.loses) for each in found] == expected
    for each in found:
        assert [seen.values["owner"] for seen in each.evidence] == [each.loses, each.gains]


@pytest.mark.parametrize(
    ("now", "owned", "expected"),
    [
        # Whose the first was on the day on which the other was opened.
        (C, [moved("2026-10-20 09:00", A, C)], [(B, A)]),
        (B, [moved("2026-10-20 09:00", A, B)], [(B, A)]),
        (C, [moved("2026-09-20 09:00", A, C)], [(B, C)]),
        (A, [moved("2026-09-20 09:00", B, A)], [(B, A)]),
        (A, [moved("2026-10-01 17:00", B, A)], []),
        (A, [moved("2026-10-20 09:00", B, A)], []),
        (A, [moved("2026-10-20 09:00", "", A)], []),
        ("", [moved("2026-10-20 09:00", A, "")], [(B, A)]),
        ("", [], []),
    ],
)
def test_whose_the_first_file_was_on_the_day_of_the_other(now, owned, expected):
    first = filed("K1", "海润塑机", now, "2024-03-01", *owned)
    found = filed_twice([first, filed("K2", "海润塑机", B, "2026-10-01")], SINCE)
    assert [(each.gains, each.loses) for each in found] == expected


def test_each_file_stands_against_the_first_alone():
    files = [FIRST, *(filed(f"K{n}", "海润塑机", B, "2026-10-01") for n in range(2, 7))]
    assert [each.key for each in filed_twice(files, SINCE)] == [
        f"files/K1/K{n}" for n in range(2, 7)
    ]


def test_firms_of_one_sound_in_two_places_have_each_a_first():
    files = [
        filed("K1", "北京海润塑机有限公司", A, "2024-03-01"),
        filed("K2", "上海海润塑机有限公司", B, "2024-04-01"),
        filed("K3", "上海海润塑机", C, "2026-10-01"),
        filed("K4", "北京海润塑机", B, "2026-10-02"),
        filed("K5", "海闰塑机", C, "2026-10-03"),
    ]
    found = [(each.key, each.gains, each.loses) for each in filed_twice(files, SINCE)]
    assert found == [("files/K2/K3", C, B), ("files/K1/K4", B, A), ("files/K1/K5", C, A)]


def test_a_file_of_nobody_hides_none():
    files = [
        filed("K1", "海润塑机", "", "2024-03-01"),
        filed("K2", "海润塑机", A, "2024-04-01"),
        filed("K3", "海润塑机", B, "2026-10-01"),
    ]
    assert [each.key for each in filed_twice(files, SINCE)] == ["files/K2/K3"]


people = st.sampled_from([A, B, C])
instants = st.integers(-72, 72).map(lambda hours: START + timedelta(hours=hours))


@st.composite
def hands(draw) -> tuple[str, list[Change]]:
    """Whose something is now, and how it came there."""
    holder, changes = draw(people), []
    for when in sorted(draw(st.sets(instants, max_size=5))):
        after = draw(people)
        changes.append(Change(when, holder, after))
        holder = after
    return holder, changes


@given(hands())
def test_there_is_always_a_holder_and_only_of_those_who_ever_had_it(held):
    now, changes = held
    found = holders(now, changes, START, END)
    assert found
    assert found <= {now, *(each.before for each in changes), *(each.after for each in changes)}


@given(hands())
def test_a_stretch_is_what_its_two_halves_are(held):
    now, changes = held
    middle = START + timedelta(hours=12)
    halves = holders(now, changes, START, middle) | holders(now, changes, middle, END)
    assert holders(now, changes, START, END) >= halves
    assert holders(now, changes, START, END) - halves == set()


@given(hands())
def test_who_passes_orders_on_by_transfers_alone_is_not_suspected(held):
    now, changes = held
    assert not list(reassigned(fact(seller=now, transfers=tuple(changes))))


@given(hands(), hands())
def test_nobody_is_suspected_of_what_they_owned_on_the_day(sold, owned):
    order = fact(seller=sold[0], transfers=tuple(sold[1]), owner=owned[0], owned=tuple(owned[1]))
    found = signed_by_another(order, START, END)
    both = holders(*sold, START, END) & holders(*owned, START, END)
    assert (found is None) == bool(both)
    assert found is None or found.gains != found.loses
