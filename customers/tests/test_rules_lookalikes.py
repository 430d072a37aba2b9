"""Which firms look alike: names as people write, hear and misspell them."""

import pytest

from customers.rules.lookalikes import (
    ALIKE_FROM,
    SURELY_FROM,
    as_kept,
    best,
    firm_kept,
    firm_of,
    keys_of,
    likeness,
)

KNOWN = "杭州恒达五金有限公司"


def alike(one, other, **said):
    return likeness(firm_of(one), firm_of(other, **said))


@pytest.mark.parametrize(
    "written",
    [
        "杭州恒达五金有限公司",
        "浙江省杭州市恒达五金贸易有限公司",  # province, town's level, what for
        "恒达五金",  # no place, no form
        "恒达（杭州）五金有限公司",  # the place in brackets, full width
        "恒达(杭州)五金厂",
        "杭州恒大五金有限公司",  # sounds alike
        "杭州达恒五金有限公司",  # swapped
        "杭州恒达",  # short
        "恒达杭州五金商行",
        " 杭州 恒达五金,有限公司 ",
    ],
)
def test_surely_the_same(written):
    assert alike(KNOWN, written) >= SURELY_FROM


@pytest.mark.parametrize("written", ["杭州恒发五金有限公司", "杭州恒达五银有限公司"])
def test_a_sign_apart_is_told_and_not_asked_about(written):
    assert ALIKE_FROM <= alike(KNOWN, written) < SURELY_FROM


@pytest.mark.parametrize(
    "written", ["杭州华强五金有限公司", "杭州恒达照明有限公司", "宁波瑞祥食品厂", "华为"]
)
def test_others_are_not_told(written):
    assert alike(KNOWN, written) < ALIKE_FROM


def test_likeness_goes_both_ways_and_place_tells_apart():
    one, other = firm_of(KNOWN), firm_of("宁波恒达五金有限公司")
    assert likeness(one, other) == likeness(other, one) < likeness(one, firm_of("恒达五金"))


def test_telephone_and_street_say_more_than_a_name():
    here = firm_of("甲乙丙", "杭州市西湖区人民路123号", "0571-8888 6666")
    assert likeness(here, firm_of("丁戊己", "", "８８８８６６６６")) >= SURELY_FROM
    assert likeness(here, firm_of("丁戊己", "人民路123号3楼")) >= ALIKE_FROM
    assert likeness(here, firm_of("丁戊己", "人民路124号", "88886667")) < ALIKE_FROM


def test_what_alike_firms_have_in_common_is_a_key():
    for written in ("恒达五金", "杭州恒大五金厂", "杭州达恒五金", "杭州恒达"):
        assert len(keys_of(firm_of(KNOWN)) & keys_of(firm_of(written))) >= 2


@pytest.mark.parametrize("name", ["", "公司", "有限公司", "杭州", "A" * 500, "\0", "﷽" * 120, "🏭"])
def test_whatever_is_typed_is_a_firm(name):
    firm = firm_of(name, name, name)
    assert firm_kept(**as_kept(firm)) == firm
    assert len(firm.core) <= len(firm.kept) <= 120
    assert 0 <= likeness(firm, firm_of(KNOWN)) <= 100
    assert all(len(key) <= 40 for key in keys_of(firm))


def test_the_most_alike_come_first():
    names = {1: "宁波恒达五金", 2: "杭州恒达五金厂", 3: "杭州华强食品", 4: "杭州恒发五金"}
    found = best(firm_of(KNOWN), ((pk, firm_of(name)) for pk, name in names.items()), 2)
    assert [pk for pk, _score in found] == [2, 1]
