"""Which slips the lines of a bank pay (adr/0019). Pure, and the same whatever order they come in.

All that could be is worked out for every line first; only then is said what is certain: the only
thing its amount can pay to the fen, a name that can only be one customer's, a day that fits, and no
other line that could pay the same. All else is proposed, the likeliest first.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.money import ZERO, total
from receivables.bank.rules.facts import Claim, Incoming, Kind, Part, Proposal, Reason, Verdict
from receivables.bank.rules.names import Directory, Grade
from receivables.bank.rules.sums import subsets

MOST_PROPOSED = 5
MOST_BY_AMOUNT = 3
MOST_CLAIMS = 40
SPLIT_WITHIN = 10
"""Days between the first and the last line that pay one slip together."""
EARLY, LATE, OLDEST = 15, 90, 400
"""Days before a slip's issue a line is still looked at; after it until it is doubtful, until it is
not looked at."""
RECORDED_BEFORE, RECORDED_AFTER = 30, 60
_TOKEN = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{2,31}")
_WHO = {
    Grade.EXACT: (98, "name_exact"),
    Grade.SAME: (94, "name_same"),
    Grade.SOUND: (85, "name_sound"),
    Grade.NEAR: (30, "name_near"),
    Grade.ELSEWHERE: (25, "name_elsewhere"),
    Grade.NONE: (20, "name_none"),
}
_KIND = {Kind.SINGLE: 0, Kind.MERGED: 4, Kind.SPLIT: 6, Kind.PART: 35}


@dataclass(frozen=True, slots=True)
class Payer:
    """One customer that may have sent a line: by its name, or by an account known from before."""

    customer: int
    grade: Grade
    likeness: int
    by_account: bool = False


@dataclass
class _Line:
    """A line with all it may be."""

    fact: Incoming
    payers: dict[int, Payer]
    certain: int | None
    crowd: bool
    named: frozenset[tuple[int, int]]
    exact: dict[tuple[tuple[int, int], ...], Proposal] = field(default_factory=dict)
    other: list[Proposal] = field(default_factory=list)
    # Lines that pay a slip together with this one, by what they pay.
    together: dict[tuple[tuple[int, int], ...], frozenset[int]] = field(default_factory=dict)
    whole: bool = True


def match(
    lines: Iterable[Incoming],
    claims: Iterable[Claim],
    directory: Directory,
    accounts: Mapping[str, int] | None = None,
) -> list[Verdict]:
    """A verdict for every line. `accounts`: whose each payer's account is, from lines matched
    before, where it was always the same customer's."""
    return _Matching(lines, claims, directory, accounts or {}).verdicts()


class _Matching:
    def __init__(
        self,
        lines: Iterable[Incoming],
        claims: Iterable[Claim],
        directory: Directory,
        accounts: Mapping[str, int],
    ) -> None:
        self.directory, self.accounts = directory, accounts
        open_claims = [claim for claim in claims if claim.amount > 0]
        self.claims = sorted(open_claims, key=lambda c: (c.since, c.slip_no, c.key))
        self.by_customer: dict[int, list[Claim]] = defaultdict(list)
        self.by_amount: dict[Decimal, list[Claim]] = defaultdict(list)
        self.by_number: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            self.by_customer[claim.customer].append(claim)
            self.by_amount[claim.amount].append(claim)
            for number in {claim.slip_no.upper(), claim.order_no.upper()}:
                self.by_number[number].append(claim)
        self.lines = [self._line(fact) for fact in sorted(lines, key=lambda f: (f.day, f.key))]
        self.by_key = {line.fact.key: line for line in self.lines}

    def verdicts(self) -> list[Verdict]:
        for line in self.lines:
            self._look(line)
        self._splits()
        contests = self._contests()
        return [self._verdict(line, contests) for line in self.lines]

    # --- Who ----------------------------------------------------------------------------

    def _line(self, fact: Incoming) -> _Line:
        read = self.directory.read(fact.payer)
        payers = {
            known.customer: Payer(known.customer, known.grade, known.likeness)
            for known in read.found
        }
        certain = read.certain
        owner = self.accounts.get(fact.account) if fact.account else None
        if owner is not None:
            # An account alone is not enough: a platform's, or a partner's, pays for many.
            is_near = owner in payers and payers[owner].grade >= Grade.NEAR
            payers[owner] = Payer(owner, Grade.EXACT, 100, by_account=True)
            certain = owner if is_near and certain in (None, owner) else None
        named = frozenset(claim.key for claim in self._named(fact))
        return _Line(fact, payers, certain, read.crowd, named)

    def _named(self, fact: Incoming) -> list[Claim]:
        """The claims whose slip or order the memo names."""
        tokens = {token.upper().strip("._-") for token in _TOKEN.findall(fact.memo)}
        return [
            claim
            for token in sorted(tokens)
            for claim in self.by_number.get(token, ())
            if _in_time(fact, claim)
        ]

    # --- What it may pay ----------------------------------------------------------------

    def _look(self, line: _Line) -> None:
        for customer in sorted(line.payers):
            self._exact_of(line, self._open(line.fact, customer))
        named = self._named(line.fact)
        self._exact_of(line, [claim for claim in named if claim.customer not in line.payers])
        if not line.exact:
            self._not_exact(line, named)
            self._by_amount_alone(line)

    def _open(self, fact: Incoming, customer: int) -> list[Claim]:
        return [claim for claim in self.by_customer.get(customer, ()) if _in_time(fact, claim)]

    def _exact_of(self, line: _Line, claims: Sequence[Claim]) -> None:
        """What of one customer the amount pays to the fen: a claim, or several together."""
        amount = line.fact.amount
        singles = [claim for claim in claims if claim.amount == amount]
        recorded = {claim.slip for claim in singles if claim.payment}
        for claim in singles:
            # What was recorded for this slip is what came; the rest of it is for another line.
            if claim.payment or claim.slip not in recorded:
                self._add(line, Kind.SINGLE, (claim,))
        smaller = [claim for claim in claims if claim.amount < amount]
        if len(smaller) < 2:
            return
        sums = subsets([claim.amount for claim in smaller[:MOST_CLAIMS]], amount)
        line.whole &= sums.whole and len(smaller) <= MOST_CLAIMS
        for choice in sums.found:
            self._add(line, Kind.MERGED, tuple(smaller[n] for n in choice))

    def _add(self, line: _Line, kind: Kind, claims: tuple[Claim, ...]) -> None:
        parts = tuple(Part(claim, claim.amount) for claim in claims)
        proposal = self._proposal(line, kind, parts)
        line.exact[proposal.keys] = proposal

    def _not_exact(self, line: _Line, named: Sequence[Claim]) -> None:
        """A part of what is due, or more than is owed: the memo's slips first, then the oldest."""
        groups = [named] if named else []
        best = sorted(line.payers.values(), key=lambda p: (-p.grade, -p.likeness, p.customer))
        groups += [self._open(line.fact, payer.customer) for payer in best[:3]]
        for claims in groups:
            larger = [claim for claim in claims if claim.amount > line.fact.amount]
            for claim in larger[:MOST_BY_AMOUNT]:
                self._propose(line, [Part(claim, line.fact.amount)])
            if smaller := [claim for claim in claims if claim.amount < line.fact.amount]:
                nearest = max(smaller, key=lambda claim: claim.amount)
                self._propose(line, [Part(nearest, nearest.amount)])
            if smaller and not larger:
                self._propose(line, _oldest_first(claims, line.fact.amount))

    def _propose(self, line: _Line, parts: Sequence[Part]) -> None:
        proposal = self._proposal(line, Kind.PART, tuple(parts))
        if all(each.parts != proposal.parts for each in line.other):
            line.other.append(proposal)

    def _by_amount_alone(self, line: _Line) -> None:
        """Nobody known of that name: slips of exactly this amount, if they are few."""
        same = [c for c in self.by_amount.get(line.fact.amount, ()) if _in_time(line.fact, c)]
        if len(same) <= MOST_BY_AMOUNT:
            for claim in same:
                parts = (Part(claim, claim.amount),)
                line.other.append(self._proposal(line, Kind.SINGLE, parts))

    # --- Several lines for one slip -----------------------------------------------------

    def _splits(self) -> None:
        by_customer: dict[int, list[_Line]] = defaultdict(list)
        for line in self.lines:
            for payer in line.payers.values():
                if payer.grade >= Grade.NEAR:
                    by_customer[payer.customer].append(line)
        for customer in sorted(by_customer):
            lines = by_customer[customer]
            if len(lines) > 1:
                for claim in self.by_customer.get(customer, ()):
                    self._split(claim, lines)

    def _split(self, claim: Claim, lines: Sequence[_Line]) -> None:
        """The lines of some days that together pay a claim. More than can be looked at: none."""
        able = [
            line for line in lines if line.fact.amount < claim.amount and _in_time(line.fact, claim)
        ]
        if len(able) < 2:
            return
        sums = subsets([line.fact.amount for line in able[:MOST_CLAIMS]], claim.amount)
        for choice in sums.found:
            chosen = [able[n] for n in choice]
            days = [line.fact.day for line in chosen]
            if (max(days) - min(days)).days <= SPLIT_WITHIN:
                self._add_split(claim, chosen, whole=sums.whole and len(able) <= MOST_CLAIMS)

    def _add_split(self, claim: Claim, chosen: Sequence[_Line], *, whole: bool) -> None:
        together = frozenset(line.fact.key for line in chosen)
        for line in chosen:
            part = (Part(claim, line.fact.amount),)
            proposal = self._proposal(line, Kind.SPLIT, part, lines=len(chosen))
            known = line.together.get(proposal.keys)
            line.exact[proposal.keys] = proposal
            # Two ways to make up one slip are none to be sure of.
            line.whole &= whole and known in (None, together)
            line.together[proposal.keys] = together

    # --- How sure -----------------------------------------------------------------------

    def _proposal(
        self, line: _Line, kind: Kind, parts: tuple[Part, ...], *, lines: int = 0
    ) -> Proposal:
        confidence, reasons = self._who_says(line, parts)
        reasons.append(_amount_says(line.fact, kind, parts, lines))
        doubts = list(_date_doubts(line.fact, parts))
        if line.named and not line.named.intersection(part.claim.key for part in parts):
            doubts.append(Reason("memo_other"))
        confidence -= _KIND[kind] + 12 * len(doubts)
        sure = not doubts and kind is not Kind.PART and self._is_sure_of_name(line, parts)
        return Proposal(kind, parts, _bounded(confidence), (*reasons, *doubts), sure)

    def _who_says(self, line: _Line, parts: tuple[Part, ...]) -> tuple[int, list[Reason]]:
        payer = line.payers.get(parts[0].claim.customer)
        confidence, code = _WHO[payer.grade if payer else Grade.NONE]
        if payer and payer.grade == Grade.NEAR:
            confidence += payer.likeness // 2
        reason = Reason("account_known") if payer and payer.by_account else Reason(code)
        reasons = [reason]
        if all(part.claim.key in line.named for part in parts):
            confidence = max(confidence, 88) + 4
            numbers = sorted({part.claim.slip_no for part in parts})
            reasons.insert(0, Reason("memo_slip", (("slips", "、".join(numbers)),)))
        if line.crowd and payer and line.certain != payer.customer:
            confidence -= 10
            reasons.append(Reason("crowd"))
        return confidence, reasons

    def _is_sure_of_name(self, line: _Line, parts: tuple[Part, ...]) -> bool:
        customers = {part.claim.customer for part in parts}
        if customers == {line.certain}:
            return True
        # The slip's own number in the memo, and a name that can be meant for its customer alone.
        payer = line.payers.get(parts[0].claim.customer)
        names_all = all(part.claim.key in line.named for part in parts)
        is_near = payer is not None and payer.grade >= Grade.NEAR
        return names_all and is_near and not line.crowd and len(customers) == 1

    def _contests(self) -> dict[tuple[int, int], set[int]]:
        """For each claim the lines that could pay it to the fen."""
        wanted: dict[tuple[int, int], set[int]] = defaultdict(set)
        for line in self.lines:
            for keys in line.exact:
                for key in keys:
                    wanted[key].add(line.fact.key)
        return wanted

    def _verdict(self, line: _Line, contests: Mapping[tuple[int, int], set[int]]) -> Verdict:
        several = len(line.exact) > 1
        proposals = [
            self._settled(line, proposal, several, contests) for proposal in line.exact.values()
        ]
        proposals += [replace(each, certain=False) for each in line.other]
        proposals.sort(key=lambda each: (-each.confidence, each.kind, each.keys))
        return Verdict(line.fact.key, tuple(proposals[:MOST_PROPOSED]))

    def _settled(
        self,
        line: _Line,
        proposal: Proposal,
        several: bool,
        contests: Mapping[tuple[int, int], set[int]],
    ) -> Proposal:
        """A proposal, seen beside all others of its line and of its claims."""
        own = line.together.get(proposal.keys, frozenset((line.fact.key,)))
        is_split = proposal.kind is Kind.SPLIT
        contested = any(contests[key] - own for key in proposal.keys)
        doubts = [
            *([Reason("several")] if several else []),
            *([Reason("contested")] if contested else []),
            *([] if line.whole else [Reason("too_many")]),
        ]
        sure = proposal.certain and not doubts
        if is_split and sure:
            sure = self._all_sure(own, proposal.keys)
        confidence = 100 if sure else min(99, proposal.confidence - 8 * len(doubts))
        return replace(
            proposal,
            certain=sure,
            confidence=_bounded(confidence),
            reasons=(*proposal.reasons, *doubts),
        )

    def _all_sure(self, lines: frozenset[int], keys: tuple[tuple[int, int], ...]) -> bool:
        """Whether each of the lines that pay a slip together is as sure of it."""
        members = [self.by_key[key] for key in lines]
        return all(
            len(line.exact) == 1 and line.whole and line.exact[keys].certain for line in members
        )


def _in_time(fact: Incoming, claim: Claim) -> bool:
    days = (fact.day - claim.since).days
    if claim.payment:
        return -RECORDED_BEFORE <= days <= RECORDED_AFTER
    return -EARLY <= days <= OLDEST


def _date_doubts(fact: Incoming, parts: Iterable[Part]) -> Iterator[Reason]:
    """Why a line's day does not fit what it would pay, each reason once."""
    found: dict[str, Reason] = {}
    for part in parts:
        days = (fact.day - part.claim.since).days
        for reason in _doubts_of(fact, part.claim, days):
            found.setdefault(reason.code, reason)
    yield from found.values()


def _doubts_of(fact: Incoming, claim: Claim, days: int) -> Iterator[Reason]:
    if claim.payment is None:
        if days < 0:
            yield Reason("early", (("days", -days),))
        if days > LATE:
            yield Reason("late", (("days", days),))
        return
    # What is sent in the evening is booked the next day.
    if days not in (0, 1):
        yield Reason("date_differs", (("days", abs(days)),))
    if claim.month != fact.month:
        yield Reason("other_month", (("month", claim.month),))


def _amount_says(fact: Incoming, kind: Kind, parts: tuple[Part, ...], lines: int) -> Reason:
    if kind is Kind.SPLIT:
        return Reason("amount_split", (("n", lines),))
    if kind is Kind.MERGED:
        return Reason("amount_merged", (("n", len(parts)),))
    if kind is Kind.SINGLE:
        return Reason("amount_recorded" if parts[0].claim.payment else "amount_exact")
    rest = fact.amount - total(part.amount for part in parts)
    if rest > 0:
        return Reason("amount_over", (("rest", str(rest)),))
    return Reason("amount_part", (("due", str(total(part.claim.amount for part in parts))),))


def _oldest_first(claims: Iterable[Claim], amount: Decimal) -> list[Part]:
    """As far as the amount goes, the oldest claims first."""
    parts, left = [], amount
    for claim in claims:
        taken = min(left, claim.amount)
        if taken > ZERO:
            parts.append(Part(claim, taken))
            left -= taken
    return parts


def _bounded(confidence: int) -> int:
    return max(1, min(100, confidence))
