"""The ledger converges: what is missing is posted, what should not stand reversed (PAY-1)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.money import from_fen
from payroll.rules import (
    SETTLED_BY_FINAL,
    Account,
    Arithmetic,
    Charge,
    Difference,
    Evidence,
    difference,
    digest_of,
    net,
    signed,
)


@dataclass(frozen=True)
class Standing:
    """An entry that stands, as the ledger keeps it."""

    key: str
    rule: str
    employee_no: str
    source: str
    target: str
    amount: Decimal
    digest: str


def posted(charge: Charge) -> Standing:
    return Standing(
        charge.key,
        charge.rule,
        charge.employee_no,
        charge.source.value,
        charge.target.value,
        charge.amount,
        charge.digest,
    )


def applied(standing: Sequence[Standing], change: Difference[Standing]) -> list[Standing]:
    kept = [entry for entry in standing if entry not in change.reverse]
    return [*kept, *map(posted, change.post)]


FINE = Charge(
    key="ATT-2/Y001/2026-10-12/in",
    employee_no="Y001",
    rule="ATT-2",
    source=Account.PAY,
    target=Account.POOL,
    amount=Decimal("5.00"),
    policy_on=date(2026, 10, 12),
    arithmetic=Arithmetic("one incident: {fine}", {"fine": "5.00"}),
    evidence=(Evidence("punches", "Y001 2026-10-12", "came at {at}", {"at": "09:07"}),),
)
SHARE = replace(
    FINE, key="ATT-3/Y001/2026-10", rule="ATT-3", source=Account.POOL, target=Account.PAY
)
FORWARD = replace(
    FINE, key="PAY-6/Y001/2026-10/brought-forward", rule="PAY-6", target=Account.ARREARS
)

MONEY_CHANGES = [
    pytest.param({"amount": Decimal("7.50")}, id="amount"),
    pytest.param({"employee_no": "Y002"}, id="person"),
    pytest.param({"rule": "ATT-4"}, id="rule"),
    pytest.param({"source": Account.CASH}, id="from"),
    pytest.param({"target": Account.COMPANY}, id="to"),
]
EXPLANATION_CHANGES = [
    pytest.param({"policy_on": date(2026, 10, 13)}, id="policy"),
    pytest.param({"arithmetic": Arithmetic("{fine}", {"fine": "5.00"})}, id="formula"),
    pytest.param({"arithmetic": Arithmetic("one incident: {fine}", {"fine": "5"})}, id="values"),
    pytest.param({"evidence": ()}, id="no evidence"),
    pytest.param({"evidence": FINE.evidence * 2}, id="more evidence"),
    pytest.param(
        {"evidence": (replace(FINE.evidence[0], values={"at": "09:08"}),)}, id="other evidence"
    ),
    pytest.param({"evidence": (replace(FINE.evidence[0], row="Y001"),)}, id="another row"),
]


def changes(
    wanted: Iterable[Charge], standing: Iterable[Charge], *, final: bool = False
) -> tuple[list[str], list[str]]:
    """The keys to reverse and to post."""
    change = difference(wanted=wanted, standing=map(posted, standing), final=final)
    return [entry.key for entry in change.reverse], [charge.key for charge in change.post]


@pytest.mark.parametrize("final", [False, True], ids=["open", "final"])
@pytest.mark.parametrize(
    ("wanted", "standing", "reverse", "post"),
    [
        pytest.param([], [], [], [], id="nothing at all"),
        pytest.param([FINE], [], [], [FINE], id="missing"),
        pytest.param([], [FINE], [FINE], [], id="too much"),
        pytest.param([FINE], [FINE], [], [], id="as it should be"),
    ],
)
def test_what_is_missing_and_what_is_too_much(
    wanted: list[Charge],
    standing: list[Charge],
    reverse: list[Charge],
    post: list[Charge],
    final: bool,
) -> None:
    assert changes(wanted, standing, final=final) == (
        [c.key for c in reverse],
        [c.key for c in post],
    )


@pytest.mark.parametrize("change", [*MONEY_CHANGES, *EXPLANATION_CHANGES])
def test_while_the_month_is_open_anything_a_reader_would_see_counts(change: dict) -> None:
    assert changes([replace(FINE, **change)], [FINE]) == ([FINE.key], [FINE.key])


@pytest.mark.parametrize("change", MONEY_CHANGES)
def test_in_a_final_month_money_counts(change: dict) -> None:
    assert changes([replace(FINE, **change)], [FINE], final=True) == ([FINE.key], [FINE.key])


@pytest.mark.parametrize("change", EXPLANATION_CHANGES)
def test_in_a_final_month_an_explanation_does_not(change: dict) -> None:
    assert changes([replace(FINE, **change)], [FINE], final=True) == ([], [])


@pytest.mark.parametrize("settled", [SHARE, FORWARD], ids=["ATT-3", "PAY-6"])
@pytest.mark.parametrize("change", MONEY_CHANGES[:1])
def test_what_the_final_settled_stays(settled: Charge, change: dict) -> None:
    other = replace(settled, **change)
    assert changes([other], [settled], final=True) == ([], [])
    assert changes([], [settled], final=True) == ([], [])
    assert changes([settled], [], final=True) == ([], [])
    # In an open month it follows the facts like anything else.
    assert changes([other], [settled]) == ([settled.key], [settled.key])
    assert changes([], [settled]) == ([settled.key], [])
    assert changes([settled], []) == ([], [settled.key])


def test_shares_limits_and_what_is_brought_forward_are_what_the_final_settles() -> None:
    assert frozenset({"ATT-3", "PAY-4", "PAY-6"}) == SETTLED_BY_FINAL


def test_two_charges_under_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="two charges under the key ATT-2/Y001/2026-10-12/in"):
        difference(wanted=[FINE, FINE], standing=[], final=False)


def test_no_difference_is_false() -> None:
    assert not difference(wanted=[FINE], standing=[posted(FINE)], final=False)
    assert difference(wanted=[FINE], standing=[], final=False)
    assert difference(wanted=[], standing=[posted(FINE)], final=False)


@st.composite
def charge_lists(draw: st.DrawFn) -> list[Charge]:
    """Charges over few keys, people, rules and amounts, so that two lists often meet."""
    drawn = []
    for number in sorted(draw(st.sets(st.integers(0, 9), max_size=8))):
        rule = ("ATT-2", "ATT-3", "ATT-4", "PAY-6", "BASE")[number % 5]
        accounts = draw(st.permutations([Account.PAY, Account.POOL, Account.COMPANY]))
        drawn.append(
            Charge(
                key=f"{rule}/{number}",
                employee_no=f"Y00{draw(st.integers(1, 2))}",
                rule=rule,
                source=accounts[0],
                target=accounts[1],
                amount=from_fen(draw(st.integers(1, 3))),
                policy_on=date(2026, 10, draw(st.integers(1, 2))),
                arithmetic=Arithmetic("{n}", {"n": str(draw(st.integers(1, 2)))}),
                evidence=(),
            )
        )
    return drawn


@settings(deadline=None, max_examples=50)
@given(charge_lists(), charge_lists())
def test_applied_once_an_open_month_is_what_is_wanted(
    before: list[Charge], wanted: list[Charge]
) -> None:
    standing = list(map(posted, before))
    after = applied(standing, difference(wanted=wanted, standing=standing, final=False))
    assert sorted(after, key=lambda e: e.key) == list(
        map(posted, sorted(wanted, key=lambda c: c.key))
    )


@settings(deadline=None, max_examples=50)
@given(charge_lists(), charge_lists(), st.booleans())
def test_applied_once_the_same_comparison_is_empty(
    before: list[Charge], wanted: list[Charge], final: bool
) -> None:
    standing = list(map(posted, before))
    after = applied(standing, difference(wanted=wanted, standing=standing, final=final))
    assert not difference(wanted=wanted, standing=after, final=final)


@settings(deadline=None, max_examples=50)
@given(charge_lists(), charge_lists(), st.booleans())
def test_what_is_as_wanted_is_left_alone(
    before: list[Charge], wanted: list[Charge], final: bool
) -> None:
    standing = list(map(posted, before))
    change = difference(wanted=wanted, standing=standing, final=final)
    reversed_ones = {(entry.key, entry.digest) for entry in change.reverse}
    assert not reversed_ones & {(charge.key, charge.digest) for charge in change.post}
    assert not any(entry in map(posted, wanted) for entry in change.reverse)


@settings(deadline=None, max_examples=50)
@given(charge_lists(), charge_lists())
def test_a_final_month_keeps_what_it_settled_and_follows_in_all_other_money(
    before: list[Charge], wanted: list[Charge]
) -> None:
    def money(entry: Standing) -> tuple[object, ...]:
        return entry.key, entry.employee_no, entry.source, entry.target, entry.amount

    standing = list(map(posted, before))
    after = applied(standing, difference(wanted=wanted, standing=standing, final=True))
    for settled, expected in ((True, standing), (False, list(map(posted, wanted)))):
        found = {money(e) for e in after if (e.rule in SETTLED_BY_FINAL) is settled}
        assert found == {money(e) for e in expected if (e.rule in SETTLED_BY_FINAL) is settled}


@settings(deadline=None, max_examples=50)
@given(charge_lists(), charge_lists(), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_does_not_matter(
    before: list[Charge], wanted: list[Charge], final: bool, random
) -> None:
    standing = list(map(posted, before))
    one = difference(wanted=wanted, standing=standing, final=final)
    other = difference(
        wanted=random.sample(wanted, len(wanted)),
        standing=random.sample(standing, len(standing)),
        final=final,
    )
    assert {e.key for e in one.reverse} == {e.key for e in other.reverse}
    assert {c.key for c in one.post} == {c.key for c in other.post}


@pytest.mark.parametrize(
    ("source", "target", "on_pay"),
    [
        (Account.PAY, Account.POOL, "-5.00"),
        (Account.PAY, Account.COMPANY, "-5.00"),
        (Account.PAY, Account.RESERVE, "-5.00"),
        (Account.POOL, Account.PAY, "5.00"),
        (Account.COMPANY, Account.PAY, "5.00"),
        (Account.ARREARS, Account.PAY, "5.00"),
        (Account.CASH, Account.POOL, "0.00"),
        (Account.COMPANY, Account.POOL, "0.00"),
        (Account.RESERVE, Account.COMPANY, "0.00"),
    ],
)
def test_plus_is_what_the_salesperson_gets(source: Account, target: Account, on_pay: str) -> None:
    assert signed(source, target, Decimal("5.00")) == Decimal(on_pay)
    assert replace(FINE, source=source, target=target).on_pay == Decimal(on_pay)


def test_what_several_movements_do_to_pay() -> None:
    assert net([]) == 0
    assert net(
        [
            ("company", "pay", Decimal("6000.00")),
            ("pay", "pool", Decimal("5.00")),
            ("cash", "pool", Decimal("5.00")),
            ("pool", "pay", Decimal("1.66")),
        ]
    ) == Decimal("5996.66")


@settings(deadline=None, max_examples=50)
@given(charge_lists())
def test_a_reversal_undoes_a_movement(charges: list[Charge]) -> None:
    there = [(c.source, c.target, c.amount) for c in charges]
    back = [(c.target, c.source, c.amount) for c in charges]
    assert net([*there, *back]) == 0


TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = st.dictionaries(TEXT, TEXT, max_size=3)


@given(key=TEXT, no=TEXT, text=TEXT, values=VALUES, row=TEXT, n=st.integers(0, 3))
def test_a_charge_is_written_by_hand_as_json_would_write_it(key, no, text, values, row, n):
    charge = Charge(
        key,
        no,
        "ATT-2",
        Account.PAY,
        Account.POOL,
        Decimal("5.00"),
        date(2026, 10, 12),
        Arithmetic(text, values),
        tuple(Evidence("punches", row, text, values) for _ in range(n)),
    )
    evidence = [each.as_data() for each in charge.evidence]
    written = charge.written()
    assert json.loads(written.arithmetic) == charge.arithmetic.as_data()
    assert json.loads(written.evidence) == evidence
    assert written.digest == digest_of(
        key, no, "ATT-2", Account.PAY, Account.POOL, charge.amount, charge.policy_on,
        charge.arithmetic.as_data(), evidence,
    )  # fmt: skip
