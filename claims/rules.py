"""What an expense claim gets (EXP-1 to EXP-4, S9-4.6, S9-4.7); when a loan is overdue. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from core.money import MAX_YUAN, ZERO, round_half_up, round_up
from core.months import Month
from policy.rules import Policy, PolicyBook

LONG_AGO = date(1900, 1, 1)
HALF_A_FEN = Decimal("0.005")
LAST = "\U0010ffff"  # sorts after every number
RULE_OF = {"travel": "EXP-1", "meal": "EXP-2"}


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """An approved claim with what matters of its order."""

    claim_no: str
    employee_no: str
    order_no: str
    kind: str
    amount: Decimal
    approved_on: date
    order_amount: Decimal
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class OrderFact:
    """What matters of an order before anything is claimed on it."""

    order_no: str
    amount: Decimal
    signed_on: date | None


class Refused(StrEnum):
    """Why a claim gets nothing."""

    SWITCHED_OFF = "switched off"
    NOT_SIGNED = "not signed"
    SMALL_ORDER = "small order"
    TOO_MANY = "too many"
    USED_UP = "used up"


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """What a claim gets, in yuan, and how: its share, the order's cap, what earlier claims got."""

    claim: ClaimFact
    gets: Decimal
    rate: Decimal = ZERO
    share: Decimal = ZERO
    cap: Decimal = ZERO
    earlier: Decimal = ZERO
    refused: Refused | None = None


def judge_claims(claims: Iterable[ClaimFact], book: PolicyBook) -> list[ClaimVerdict]:
    """Judge approved claims, all there ever were, by approval date, then number (EXP-3).

    The cap is per order and kind over all claims: 2 % rounded, less what earlier claims got. With
    the limit on, only orders over the least amount, and so many paid claims a salesperson and
    calendar month of approval (EXP-4). The version in force on the day of approval counts.
    """
    got: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    paid: dict[tuple[str, Month], int] = defaultdict(int)
    verdicts = []
    for claim in sorted(claims, key=lambda c: (c.approved_on, c.claim_no)):
        month = Month.of(claim.approved_on)
        verdict = _judge(
            claim,
            book.on(claim.approved_on),
            earlier=got[claim.order_no, claim.kind],
            paid_before=paid[claim.employee_no, month],
        )
        got[claim.order_no, claim.kind] += verdict.gets
        paid[claim.employee_no, month] += verdict.gets > 0
        verdicts.append(verdict)
    return verdicts


def _judge(claim: ClaimFact, policy: Policy, *, earlier: Decimal, paid_before: int) -> ClaimVerdict:
    if refused := _refusal(claim, policy, paid_before):
        return ClaimVerdict(claim, ZERO, refused=refused)
    rate = policy.travel_rate if claim.kind == "travel" else policy.meal_rate
    share = round_half_up(claim.amount * rate)
    cap = round_half_up(claim.order_amount * policy.expense_cap_rate)
    gets = max(ZERO, min(share, cap - earlier))
    return ClaimVerdict(
        claim, gets, rate, share, cap, earlier, refused=None if gets else Refused.USED_UP
    )


def _refusal(claim: ClaimFact, policy: Policy, paid_before: int) -> Refused | None:
    if not policy.expenses_on:
        return Refused.SWITCHED_OFF
    if claim.signed_on is None or claim.signed_on > claim.approved_on:
        return Refused.NOT_SIGNED
    if policy.expense_limit_on and claim.order_amount <= policy.expense_limit_min_order:
        return Refused.SMALL_ORDER
    if policy.expense_limit_on and paid_before >= policy.expense_limit_claims:
        return Refused.TOO_MANY
    return None


@dataclass(frozen=True, slots=True)
class Allowance:
    """What an order can still pay a salesperson for one kind of expense, in yuan (EXP-1 to EXP-4).

    Spending `spend` gets `left`; more gets no more. Nothing is left where `refused` says why.
    """

    kind: str
    left: Decimal
    spend: Decimal
    rate: Decimal = ZERO
    cap: Decimal = ZERO
    earlier: Decimal = ZERO
    refused: Refused | None = None


def allowance(
    order: OrderFact,
    kind: str,
    *,
    employee_no: str,
    on: date,
    claims: Iterable[ClaimFact],
    book: PolicyBook,
) -> Allowance:
    """What a claim that is approved on a day after all these would get at the most.

    It is asked as the close asks: by a claim of more than anybody spends, judged with the others.
    """
    probe = ClaimFact(
        LAST, employee_no, order.order_no, kind, MAX_YUAN, on, order.amount, order.signed_on
    )
    verdict = _verdict_on(probe, claims, book)
    left, rate = verdict.gets, verdict.rate
    return Allowance(
        kind,
        left,
        # The least of which the share rounds to what is left.
        spend=round_up((left - HALF_A_FEN) / rate) if left else ZERO,
        rate=rate,
        cap=verdict.cap,
        earlier=verdict.earlier,
        refused=verdict.refused,
    )


def verdict_if_approved(
    claim: ClaimFact, claims: Iterable[ClaimFact], book: PolicyBook
) -> ClaimVerdict:
    """What a claim gets beside the approved ones: as it stands, or as if approved on its day."""
    others = (each for each in claims if each.claim_no != claim.claim_no)
    return _verdict_on(claim, others, book)


def _verdict_on(claim: ClaimFact, claims: Iterable[ClaimFact], book: PolicyBook) -> ClaimVerdict:
    verdicts = judge_claims([*claims, claim], book)
    return next(each for each in verdicts if each.claim is claim)


def due_back_on(lent_on: date, as_of: date, book: PolicyBook) -> date:
    """The last day on which goods lent that day are back in time, as a day sees it (GOOD-1)."""
    return lent_on + timedelta(days=book.on(as_of).loan_days)


def lent_before(as_of: date, book: PolicyBook) -> date | None:
    """Goods lent before this day are overdue on a day (GOOD-1, S9-4.8).

    Due back by the end of the second calendar day after lending; the version in force on the day
    counts. None: so long a term that nothing can be overdue.
    """
    days = book.on(as_of).loan_days
    return as_of - timedelta(days=days) if days < (as_of - LONG_AGO).days else None
