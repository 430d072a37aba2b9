"""A statement of 2,000 lines, made by who knows the truth: nothing is matched wrong by itself, and
nine tenths of what can be matched is at least proposed."""

from collections import Counter
from random import Random

import pytest

from receivables.bank.rules.facts import Claim, Incoming, Kind
from receivables.bank.rules.matching import match
from receivables.bank.rules.names import Directory
from receivables.bank.tests.made_statement import Maker

LINES = 2_000


def incoming(made):
    return [
        Incoming(line.number, line.day, line.amount, line.payer, memo=line.memo, month="2026-10")
        for line in made.lines
    ]


def claims(made):
    return [
        Claim(
            slip.number, slip.slip_no, slip.order_no, slip.customer, slip.amount,
            slip.recorded or slip.issued, slip.number if slip.recorded else None, "2026-10",
        )
        for slip in made.slips
    ]  # fmt: skip


def slips_of(proposal):
    return frozenset(part.claim.slip for part in proposal.parts)


@pytest.fixture(scope="module", params=[1, 2, 3])
def judged(request):
    made = Maker(request.param, LINES).make()
    verdicts = match(incoming(made), claims(made), Directory(made.customers))
    return made, {verdict.line: verdict for verdict in verdicts}


def test_every_automatic_match_is_right(judged):
    made, verdicts = judged
    wrong = [
        (line, slips_of(verdicts[line.number].automatic))
        for line in made.lines
        if verdicts[line.number].automatic
        and slips_of(verdicts[line.number].automatic) != line.pays
    ]
    assert not wrong


def test_nine_tenths_of_what_can_be_matched_is_proposed(judged, capsys):
    made, verdicts = judged
    matchable = [line for line in made.lines if line.pays]
    proposed = [
        line
        for line in matchable
        if line.pays in {slips_of(each) for each in verdicts[line.number].proposals}
    ]
    automatic = [line for line in made.lines if verdicts[line.number].automatic]
    with capsys.disabled():
        print(
            f"\n{len(made.lines)} lines: {len(automatic)} matched by themselves, all right; "
            f"{len(proposed)} of {len(matchable)} matchable proposed "
            f"({100 * len(proposed) / len(matchable):.1f} %)"
        )
        _tell_ways(made, {line.number for line in proposed}, {line.number for line in automatic})
    assert len(proposed) >= 0.9 * len(matchable)
    # Nor would it do to be sure of nothing.
    assert len(automatic) >= 0.5 * len(matchable)


def _tell_ways(made, proposed, automatic):
    ways = Counter(line.how for line in made.lines)
    for how, count in sorted(ways.items()):
        numbers = {line.number for line in made.lines if line.how == how}
        print(
            f"  {how:28} {count:5} automatic {len(numbers & automatic):5} "
            f"proposed {len(numbers & proposed):5}"
        )


def test_no_slip_is_paid_past_its_due(judged):
    made, verdicts = judged
    due = {slip.number: slip.amount for slip in made.slips}
    paid = Counter()
    for verdict in verdicts.values():
        for part in verdict.automatic.parts if verdict.automatic else ():
            paid[part.claim.slip] += part.amount
    assert all(paid[slip] <= due[slip] for slip in paid)


def test_the_order_of_the_lines_changes_nothing(judged):
    made, verdicts = judged
    lines, owed = incoming(made), claims(made)
    Random(7).shuffle(lines)
    Random(8).shuffle(owed)
    again = match(lines, owed, Directory(made.customers))
    assert {verdict.line: verdict for verdict in again} == verdicts


def test_every_kind_of_payment_is_among_them(judged):
    _made, verdicts = judged
    kinds = {v.automatic.kind for v in verdicts.values() if v.automatic}
    assert kinds == {Kind.SINGLE, Kind.MERGED, Kind.SPLIT}
