"""Whose name stands on a line: what is set aside, what is near, and what is never the same."""

import pytest

from customers.rules.firm_names import Name, name_of, sound_of
from receivables.bank.rules.names import Directory, Grade

KNOWN = {
    1: "宁波恒达五金有限公司",
    2: "杭州恒达五金有限公司",
    3: "宁波华强电子有限公司",
    4: "宁波华为电子有限公司",
    5: "温州泰诚机电有限公司",
    6: "鼎盛贸易有限公司",
}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("宁波恒达五金有限公司", Name("恒达五金", "宁波")),
        ("宁波恒达五金有限责任公司", Name("恒达五金", "宁波")),
        ("宁波恒达五金股份有限公司", Name("恒达五金", "宁波")),
        ("宁波恒达五金", Name("恒达五金", "宁波")),
        ("浙江省宁波市恒达五金有限公司", Name("恒达五金", "宁波")),
        ("恒达（宁波）五金有限公司", Name("恒达五金", "宁波")),
        ("恒达五金(宁波)有限公司", Name("恒达五金", "宁波")),
        (" 宁波 恒达　五金 有限公司 ", Name("恒达五金", "宁波")),
        ("ＡＢＣ电器有限公司", Name("abc电器")),
        ("宁波中山贸易有限公司", Name("中山贸易", "宁波")),
        ("恒达五金经营部", Name("恒达五金经营部")),
        ("宁波有限公司", Name("宁波有限公司", "宁波")),
        ("上海公司", Name("上海公司", "上海")),
        ("", Name("")),
        ("张建国", Name("张建国")),
    ],
)
def test_a_name_in_its_parts(written, read):
    found = name_of(written)
    assert found == read


def test_what_sounds_alike_in_ningbo():
    assert sound_of("恒达") == sound_of("亨大")
    assert sound_of("正泰") == sound_of("真太")
    assert sound_of("华强") != sound_of("华为")


@pytest.mark.parametrize(
    ("written", "customer", "grade", "certain"),
    [
        ("宁波恒达五金有限公司", 1, Grade.EXACT, 1),
        ("恒达（宁波）五金有限公司", 1, Grade.EXACT, 1),
        ("温州泰诚机电", 5, Grade.EXACT, 5),
        ("泰诚机电有限公司", 5, Grade.SAME, 5),
        ("恒达五金有限公司", 1, Grade.SAME, None),  # of Ningbo or of Hangzhou?
        ("嘉兴恒达五金有限公司", 1, Grade.ELSEWHERE, None),
        ("温州太诚机电有限公司", 5, Grade.SOUND, None),
        ("温州泰城机电有限公司", 5, Grade.SOUND, None),
        ("温州泰通机电有限公司", 5, Grade.NEAR, None),
        ("宁波华弓电子有限公司", 3, Grade.NEAR, None),
        ("宁波鼎盛贸易有限公司", 6, Grade.SAME, 6),
    ],
)
def test_how_well_a_name_fits(written, customer, grade, certain):
    read = Directory(KNOWN).read(written)
    grades = {known.customer: known.grade for known in read.found}
    assert grades[customer] == grade
    assert read.certain == certain


def test_one_sign_apart_is_another_company():
    """华强 is not 华为, and what is near both is neither for certain."""
    directory = Directory(KNOWN)
    assert directory.read("宁波华强电子有限公司").certain == 3
    assert directory.read("宁波华弓电子有限公司").crowd
    alone = Directory({4: KNOWN[4]})
    assert alone.read("宁波华强电子有限公司").certain is None


@pytest.mark.parametrize("written", ["", "王", "中国石化", "\x00", "1e999", "（）", "有限公司"])
def test_strangers_and_nonsense_are_nobody(written):
    assert Directory(KNOWN).read(written).certain is None


def test_two_files_of_the_same_name_are_not_certain():
    assert Directory({1: KNOWN[1], 9: KNOWN[1]}).read(KNOWN[1]).certain is None
