"""What the manager hears at once, and how tags are read (INFO-1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules.information import is_important, tags_in

KINDS = ["order", "customer", "market", "competitor", "product", "other"]


@pytest.mark.parametrize(
    ("urgent", "kind", "level", "expected"),
    [
        (False, "market", "", False),
        (True, "market", "", True),
        (False, "order", "A", True),
        (False, "order", "B", False),
        (False, "order", "C", False),
        (False, "competitor", "", False),
        (False, "customer", "", True),
        (False, "customer", "C", True),
    ],
)
def test_urgent_and_key_customers_are_told_at_once(urgent, kind, level, expected):
    assert is_important(urgent=urgent, kind=kind, level=level) is expected


@given(st.sampled_from(KINDS), st.sampled_from(["", "A", "B", "C"]))
def test_marked_as_urgent_nothing_is_told_less(kind, level):
    assert is_important(urgent=True, kind=kind, level=level)
    assert is_important(urgent=False, kind=kind, level="A")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", []),
        ("  ", []),
        ("涨价", ["涨价"]),
        ("涨价 原料", ["涨价", "原料"]),
        ("涨价，原料、#招标;涨价", ["涨价", "原料", "招标"]),
        ("ＡＢＢ abb", ["abb"]),
    ],
)
def test_tags_stand_between_blanks_and_commas(typed, expected):
    assert tags_in(typed) == expected


@given(st.text(max_size=60))
def test_read_again_tags_are_the_same(typed):
    once = tags_in(typed)
    assert len(set(once)) == len(once)
    assert tags_in(" ".join(once)) == once
