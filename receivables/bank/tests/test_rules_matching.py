"""Which slips lines pay: worked examples, and what holds for whatever comes."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from receivables.bank.rules.facts import Claim, Incoming, Kind
from receivables.bank.rules.matching import match
from receivables.bank.rules.names import Directory
from receivables.bank.rules.sums import subsets

HENGDA, HUAQIANG, HUAWEI, TAICHENG = 1, 2, 3, 4
KNOWN = Directory(
    {
        HENGDA: "宁波恒达五金有限公司",
        HUAQIANG: "宁波华强电子有限公司",
        HUAWEI: "宁波华为电子有限公司",
        TAICHENG: "温州泰诚机电有限公司",
    }
)
DAY = date(2026, 10, 12)


def line(
    key, amount, payer="宁波恒达五金有限公司", *, day=DAY, memo="", account="", month="2026-10"
):
    return Incoming(key, day, Decimal(amount), payer, account, memo, month)


def slip(number, amount, customer=HENGDA, *, since=DAY - timedelta(days=5)):
    return Claim(number, f"S{number:06}", f"D{number:06}", customer, Decimal(amount), since)


def recorded(number, amount, customer=HENGDA, *, since=DAY, month="2026-10"):
    return Claim(
        number, f"S{number:06}", f"D{number:06}", customer, Decimal(amount), since, number, month
    )


def judge(lines, claims, accounts=None):
    return {verdict.line: verdict for verdict in match(lines, claims, KNOWN, accounts)}


def sure(verdict):
    found = verdict.automatic
    return found and (found.kind, {part.claim.slip for part in found.parts})


def codes(proposal):
    return {reason.code for reason in proposal.reasons}


def test_the_name_and_the_sum_are_enough():
    found = judge([line(1, "1000.00")], [slip(1, "1000.00"), slip(2, "700.00")])
    assert sure(found[1]) == (Kind.SINGLE, {1})
    assert found[1].automatic.confidence == 100


@pytest.mark.parametrize(
    ("payer", "customer"),
    [
        ("宁波亨达五金有限公司", HENGDA),  # sounds so
        ("宁波恒通五金有限公司", HENGDA),  # one sign apart
        ("杭州恒达五金有限公司", HENGDA),  # of another city
        ("宁波华弓电子有限公司", HUAQIANG),  # near two
        ("张建国", HENGDA),  # a person: the amount alone
    ],
)
def test_a_name_that_is_not_certain_is_proposed(payer, customer):
    found = judge([line(1, "1000.00", payer)], [slip(1, "1000.00", customer)])
    assert found[1].automatic is None
    assert found[1].proposals[0].keys == ((1, 0),)


def test_two_known_customers_alike_who_owe_the_same_are_never_automatic():
    owed = [slip(1, "1000.00", HUAQIANG), slip(2, "1000.00", HUAWEI)]
    found = judge([line(1, "1000.00", "宁波华强电子有限公司")], owed)
    assert found[1].automatic is None
    assert found[1].proposals[0].keys == ((1, 0),)
    assert "several" in codes(found[1].proposals[0])


def test_owed_twice_is_doubtful():
    found = judge([line(1, "1000.00")], [slip(1, "1000.00"), slip(2, "1000.00")])
    assert found[1].automatic is None
    assert len(found[1].proposals) == 2


def test_two_lines_for_one_slip_are_doubtful():
    found = judge([line(1, "1000.00"), line(2, "1000.00")], [slip(1, "1000.00")])
    assert not any(verdict.automatic for verdict in found.values())
    assert "contested" in codes(found[1].proposals[0])


def test_one_line_for_several_slips():
    owed = [slip(1, "1000.00"), slip(2, "700.10"), slip(3, "33.00")]
    found = judge([line(1, "1700.10")], owed)
    assert sure(found[1]) == (Kind.MERGED, {1, 2})


def test_a_sum_made_up_in_two_ways_is_doubtful():
    owed = [slip(1, "1000.00"), slip(2, "700.00"), slip(3, "1500.00"), slip(4, "200.00")]
    found = judge([line(1, "1700.00")], owed)
    assert found[1].automatic is None
    assert {each.keys for each in found[1].proposals} == {
        ((1, 0), (2, 0)),
        ((3, 0), (4, 0)),
    }


def test_several_lines_for_one_slip():
    lines = [line(1, "400.00"), line(2, "600.00", day=DAY + timedelta(days=2))]
    found = judge(lines, [slip(1, "1000.00")])
    assert sure(found[1]) == sure(found[2]) == (Kind.SPLIT, {1})
    assert sum(found[n].automatic.parts[0].amount for n in (1, 2)) == Decimal("1000.00")


def test_lines_too_far_apart_are_not_taken_together():
    lines = [line(1, "400.00"), line(2, "600.00", day=DAY + timedelta(days=11))]
    found = judge(lines, [slip(1, "1000.00")])
    assert not any(verdict.automatic for verdict in found.values())


def test_less_and_more_than_due_are_proposed():
    found = judge([line(1, "400.00"), line(2, "1000.01")], [slip(1, "1000.00")])
    part, over = found[1].proposals[0], found[2].proposals[0]
    assert (part.kind, part.parts[0].amount) == (Kind.PART, Decimal("400.00"))
    assert (over.kind, over.parts[0].amount) == (Kind.PART, Decimal("1000.00"))
    assert "amount_over" in codes(over)
    assert not found[1].automatic
    assert not found[2].automatic


@pytest.mark.parametrize(
    ("days", "is_sure", "doubt"),
    [(0, True, None), (1, True, None), (2, False, "date_differs"), (-1, False, "date_differs")],
)
def test_a_recorded_transfer_of_the_same_day_or_the_day_before(days, is_sure, doubt):
    found = judge([line(1, "1000.00", day=DAY + timedelta(days=days))], [recorded(1, "1000.00")])
    assert bool(found[1].automatic) is is_sure
    assert doubt is None or doubt in codes(found[1].proposals[0])


def test_a_recorded_transfer_that_counts_in_another_month_is_doubtful():
    found = judge([line(1, "1000.00", month="2026-11")], [recorded(1, "1000.00")])
    assert found[1].automatic is None
    assert "other_month" in codes(found[1].proposals[0])


def test_what_was_recorded_comes_before_the_rest_of_the_slip():
    found = judge([line(1, "500.00")], [slip(1, "500.00"), recorded(1, "500.00")])
    assert found[1].automatic.parts[0].claim.payment == 1


@pytest.mark.parametrize(
    ("issued", "doubt"), [(DAY + timedelta(days=1), "early"), (DAY - timedelta(days=91), "late")]
)
def test_days_that_do_not_fit(issued, doubt):
    found = judge([line(1, "1000.00")], [slip(1, "1000.00", since=issued)])
    assert found[1].automatic is None
    assert doubt in codes(found[1].proposals[0])


@pytest.mark.parametrize("number", ["S000002", "d000002", "货款S000002尾款"])
def test_the_number_in_the_memo_says_which_of_two(number):
    owed = [slip(1, "1000.00"), slip(2, "1000.00")]
    found = judge([line(1, "1000.00", memo=number)], owed)
    assert found[1].proposals[0].keys == ((2, 0),)


def test_the_number_in_the_memo_makes_a_misspelt_name_certain_but_no_stranger_s():
    owed = [slip(1, "1000.00")]
    misspelt = judge([line(1, "1000.00", "宁波恒通五金有限公司", memo="S000001")], owed)
    person = judge([line(1, "1000.00", "张建国", memo="S000001")], owed)
    assert sure(misspelt[1]) == (Kind.SINGLE, {1})
    assert person[1].automatic is None
    assert person[1].proposals[0].confidence > 80


def test_a_memo_that_names_another_slip_is_doubtful():
    owed = [slip(1, "1000.00"), slip(2, "55.00")]
    found = judge([line(1, "1000.00", memo="S000002")], owed)
    assert found[1].automatic is None


def test_an_account_known_from_before_settles_a_misspelt_name_alone():
    owed, known = [slip(1, "1000.00")], {"6222": HENGDA}
    misspelt = line(1, "1000.00", "宁波亨达五金有限公司", account="6222")
    platform = line(1, "1000.00", "财付通支付科技", account="6222")
    contrary = line(1, "1000.00", "温州泰诚机电有限公司", account="6222")
    assert sure(judge([misspelt], owed, known)[1]) == (Kind.SINGLE, {1})
    assert judge([platform], owed, known)[1].automatic is None
    assert judge([platform], owed, known)[1].proposals[0].keys == ((1, 0),)
    assert judge([contrary], owed, known)[1].automatic is None


def test_a_stranger_is_left():
    found = judge([line(1, "12.34", "国家税务总局")], [slip(1, "1000.00")])
    assert found[1].proposals == ()


def test_sums_are_found_and_bounded():
    amounts = [Decimal(n) for n in ("5.00", "3.00", "2.00", "9.00")]
    assert subsets(amounts, Decimal("10.00")).found == ((0, 1, 2),)
    assert subsets(amounts, Decimal("5.00")).found == ((1, 2),)  # two at least
    many = subsets([Decimal(100)] * 60, Decimal(600))
    assert not many.whole


PAYERS = [
    "宁波恒达五金有限公司", "恒达五金", "宁波亨达五金", "宁波华强电子有限公司", "宁波华弓电子",
    "温州泰诚机电", "张建国", "",
]  # fmt: skip
amounts = st.integers(1, 12).map(lambda n: Decimal(n * 100).quantize(Decimal("0.01")))
days = st.integers(-20, 20).map(lambda n: DAY + timedelta(days=n))
lines_drawn = st.lists(
    st.tuples(amounts, st.sampled_from(PAYERS), days, st.sampled_from(["", "S000001", "D000002"])),
    max_size=9,
).map(
    lambda drawn: [
        line(n, amount, payer, day=day, memo=memo)
        for n, (amount, payer, day, memo) in enumerate(drawn, 1)
    ]
)
claims_drawn = st.lists(
    st.tuples(amounts, st.sampled_from([1, 2, 3, 4]), days, st.booleans()), max_size=9
).map(
    lambda drawn: [
        (recorded if is_recorded else slip)(n, amount, customer, since=day)
        for n, (amount, customer, day, is_recorded) in enumerate(drawn, 1)
    ]
)


@given(lines_drawn, claims_drawn)
@settings(max_examples=150, deadline=None)
def test_whatever_comes_nothing_is_overpaid(lines, claims):
    due = {claim.key: claim.amount for claim in claims}
    came = {each.key: each.amount for each in lines}
    paid = Counter()
    for verdict in match(lines, claims, KNOWN):
        for proposal in verdict.proposals:
            assert 0 < sum(part.amount for part in proposal.parts) <= came[verdict.line]
            assert all(0 < part.amount <= part.claim.amount for part in proposal.parts)
            assert len(set(proposal.keys)) == len(proposal.keys)
        assert sum(each.certain for each in verdict.proposals) <= 1
        if sure_of := verdict.automatic:
            assert sum(part.amount for part in sure_of.parts) == came[verdict.line]
            for part in sure_of.parts:
                paid[part.claim.key] += part.amount
    assert all(paid[key] <= due[key] for key in paid)


@given(lines_drawn, claims_drawn, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_whatever_the_order_the_verdicts_are_the_same(lines, claims, random):
    before = judge(lines, claims)
    random.shuffle(lines)
    random.shuffle(claims)
    assert judge(lines, claims) == before
