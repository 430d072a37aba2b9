"""What looks alike, what a requirement list lacks, where a project may stand (CUS-3, CUS-4)."""

import pytest

from customers.rules.projects import (
    Lack,
    Likeness,
    Line,
    alike,
    firm_key,
    keys_of,
    lacks,
    likeness,
    may_stand_at,
    stale_on,
)
from tests.builders import day

NAME, CUSTOMER, PLACE = Likeness.NAME, Likeness.CUSTOMER, Likeness.PLACE


def keys(customer, name="注塑车间空压站", prefecture="宁波市", address=""):
    return keys_of(name=name, customer=customer, prefecture=prefecture, address=address)


@pytest.mark.parametrize(
    "spelling",
    [
        "海天塑机",
        "海天塑机有限公司",
        "宁波海天塑机集团有限公司",
        "宁波市海天塑机股份有限公司",
        "浙江省宁波市北仑区海天塑机有限责任公司",
        "浙江海天塑机",
        "慈溪市海天塑机有限公司",
        "宁波（海天）塑机",
        " 海天 塑机·",
        "ＨＡＩ天塑机",
        "海田塑基",
    ],
)
def test_one_firm_in_many_spellings(spelling):
    assert firm_key(spelling, prefecture="宁波市") == firm_key("海天塑机", prefecture="宁波")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("海天塑机", "海天"),
        ("海天（宁波）塑机有限公司", "海天塑机"),
        ("海天塑料机械", "海天塑料机器"),
        ("新华轴承", "兴华轴承"),
        ("宁波大学附属医院", "宁波大学附院"),
    ],
)
def test_alike(one, other):
    assert alike(firm_key(one, prefecture="宁波"), firm_key(other, prefecture="宁波"))
    assert alike(firm_key(other, prefecture="宁波"), firm_key(one, prefecture="宁波"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("海天塑机", "海星塑胶"),
        ("浙江大学", "宁波大学"),
        ("上海电气集团", "宁波电气有限公司"),
        ("宁波有限公司", "浙江有限公司"),
        ("三元", "四元"),
        ("", ""),
        ("甲", "甲乙丙"),
    ],
)
def test_not_alike(one, other):
    assert not alike(firm_key(one, prefecture="宁波"), firm_key(other, prefecture="宁波"))


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        # The same customer, and the name or the place.
        (keys("海天塑机"), keys("宁波海天塑机"), {NAME, CUSTOMER, PLACE}),
        (keys("海天塑机"), keys("海天塑机", name="二期冷冻水"), {CUSTOMER, PLACE}),
        (keys("海天塑机"), keys("海天塑机", prefecture="无锡市"), {NAME, CUSTOMER}),
        (keys("海天塑机"), keys("海天塑机", name="二期冷冻水", prefecture="无锡"), set()),
        # Another customer: the name and the very address.
        (
            keys("海天塑机", address="北仑区江南路1688号"),
            keys("大港置业", address="北仑江南路1688号"),
            {NAME, PLACE},
        ),
        (keys("海天塑机"), keys("大港置业"), set()),
        (keys("海天塑机", address="江南路1号"), keys("大港置业", address="中山东路99号"), set()),
    ],
)
def test_likeness(one, other, found):
    assert likeness(one, other) == likeness(other, one) == found


def test_a_place_that_is_not_said_is_not_the_same():
    nowhere = keys("海天塑机", name="二期冷冻水", prefecture="")
    assert likeness(keys("海天塑机", prefecture=""), nowhere) == frozenset()


MACHINE, NO_SIZE = Line(True, "75kW", 2), Line(True, " ", 1)
EQUIPMENT = Line(False, "", 1)


@pytest.mark.parametrize(
    ("lines", "no_equipment", "found"),
    [
        ([], False, [Lack.MACHINES, Lack.EQUIPMENT]),
        ([], True, [Lack.MACHINES]),
        ([MACHINE], False, [Lack.EQUIPMENT]),
        ([EQUIPMENT], False, [Lack.MACHINES]),
        ([NO_SIZE, MACHINE, EQUIPMENT], False, [Lack.SIZES]),
        ([Line(True, "75kW", 0), EQUIPMENT], False, [Lack.MACHINES]),
        ([MACHINE], True, []),
        ([MACHINE, EQUIPMENT], False, []),
    ],
)
def test_what_a_list_lacks(lines, no_equipment, found):
    assert lacks(lines, no_equipment=no_equipment) == found


@pytest.mark.parametrize(
    ("stage", "assigned", "may"),
    [
        ("need", False, True),
        ("proposal", False, False),
        ("follow-up", False, False),
        ("proposal", True, True),
        ("need", True, True),
        ("contract", True, True),
        ("nosuch", True, False),
    ],
)
def test_where_it_may_stand(stage, assigned, may):
    assert may_stand_at(stage, assigned=assigned) is may


@pytest.mark.parametrize(("days", "on"), [(30, "2026-11-02"), (1, "2026-10-04")])
def test_stale_after_the_days_of_the_policy(days, on):
    assert stale_on(day("2026-10-03"), days) == day(on)
