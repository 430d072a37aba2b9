"""Finding by what people type: hanzi, pinyin in full, initials, mixed, in any case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lists.asking import columns_of, normalised
from core.names import matches


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        ("重庆", True),
        ("庆华", True),
        ("chongqing", True),
        ("CHONGqinghua", True),
        ("qinghua", True),
        ("cqh", True),
        ("CQ", True),
        ("重q", True),
        ("重Qing", True),
        ("重庆h", True),
        ("重qh", True),
        ("c庆hua", True),
        ("chong 庆", True),
        ("k-0", True),
        ("K-007", True),
        ("", True),
        ("  ", True),
        ("qh", False),
        ("庆q", False),
        ("庆h", False),
        ("zhongqing", False),
        ("重庆华x", False),
        ("北京", False),
        ("cqhx", False),
    ],
)
def test_a_name_is_found(wanted, is_found):
    assert matches(wanted, "K-007", "重庆华") is is_found


@given(st.text(max_size=80))
def test_whatever_is_typed_is_an_answer(wanted):
    assert matches(wanted, "K-007", "重庆华") in (True, False)


@given(name=st.text(alphabet="吴伟韩娜重庆李雷", min_size=1, max_size=5), data=st.data())
def test_every_part_of_a_name_finds_it(name, data):
    first = data.draw(st.integers(0, len(name) - 1))
    assert matches(name[first:], "", name)


def test_a_query_is_kept_by_name_and_without_what_passes():
    query = "z=1&page=7&sort=b&sort=a&q=%E6%9D%8E&view=3&export=csv&empty=&n=%00"
    assert normalised(query) == "q=%E6%9D%8E&sort=b&sort=a&z=1"


@given(st.text(max_size=300))
def test_a_query_kept_is_kept_the_same_again(query):
    once = normalised(query)
    assert normalised(once) == once


def test_a_query_beyond_all_pages_is_not_kept():
    with pytest.raises(ValueError, match="longer"):
        normalised("&".join(f"a{n}={'x' * 100}" for n in range(50)))


def test_columns_are_the_tables_own_in_its_order():
    assert columns_of("c,a,password,\x00,a", ["a", "b", "c"]) == ["a", "c"]
    assert columns_of(None, ["a"]) == []
