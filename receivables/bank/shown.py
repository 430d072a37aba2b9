"""What the page of a line shows: what it may be, what finance looks for by hand, what it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from core.money import ZERO, total
from core.spelling import spelled, words_of
from customers.models import Customer
from receivables.bank.models import BankLine
from receivables.bank.reading import due_claims, recorded_claims
from receivables.bank.rules.cells import amount_of
from receivables.bank.rules.facts import Claim
from receivables.bank.services import Pays
from receivables.bank.words import DATES, reasons_said
from receivables.models import Payment, Slip

MOST_FOUND = 30
Key = tuple[int, int]


@dataclass(frozen=True)
class ClaimRow:
    """Something a line can pay, with its customer's name. `typed`: what stands in its box."""

    claim: Claim
    customer: str
    typed: str = ""

    @property
    def field(self) -> str:
        return f"pays-{self.claim.slip}-{self.claim.payment or 0}"


@dataclass(frozen=True)
class ProposalRow:
    """A proposal that still fits, as the page shows it."""

    number: int
    confidence: int
    parts: Sequence[tuple[ClaimRow, Decimal]]
    reasons: Sequence[Mapping[str, Any]]
    rest: Decimal
    dates_differ: bool


def proposals_of(line: BankLine) -> list[ProposalRow]:
    """What the line may be, as the matching left it; not what no longer fits. Four queries."""
    keys = {(slip, payment) for each in line.proposals for slip, payment, _ in each["parts"]}
    known = _rows(_claims(keys)) if keys else {}
    found: list[ProposalRow] = []
    for each in line.proposals:
        parts = _parts(each, known)
        if parts is None:
            continue
        found.append(
            ProposalRow(
                number=len(found) + 1,
                confidence=each["confidence"],
                parts=parts,
                reasons=reasons_said(each["reasons"]),
                rest=line.amount - total(amount for _row, amount in parts),
                dates_differ=any(code in DATES for code, _about in each["reasons"]),
            )
        )
    return found


def why_of(line: BankLine, pays: Iterable[Pays]) -> dict[str, Any]:
    """Why the program had proposed what is chosen; empty where it had not."""
    chosen = {(each.slip, each.payment, each.amount) for each in pays}
    for each in line.proposals:
        if {(slip, payment, Decimal(text)) for slip, payment, text in each["parts"]} == chosen:
            return {"confidence": each["confidence"], "reasons": each["reasons"]}
    return {}


def _parts(
    proposal: Mapping[str, Any], known: Mapping[Key, ClaimRow]
) -> list[tuple[ClaimRow, Decimal]] | None:
    """The parts with their claims; None when one is paid by now."""
    parts = []
    for slip, payment, text in proposal["parts"]:
        row, amount = known.get((slip, payment or 0)), Decimal(text)
        if row is None or amount > row.claim.amount:
            return None
        parts.append((row, amount))
    return parts


def _claims(keys: Iterable[tuple[int, int | None]]) -> list[Claim]:
    keys = list(keys)
    slips = [slip for slip, payment in keys if not payment]
    payments = [payment for _slip, payment in keys if payment]
    return [
        *(due_claims(Slip.objects.filter(pk__in=slips)) if slips else ()),
        *(recorded_claims(Payment.objects.filter(pk__in=payments)) if payments else ()),
    ]


def _rows(claims: Sequence[Claim], typed: Mapping[Key, str] | None = None) -> dict[Key, ClaimRow]:
    names = dict(
        Customer.objects.filter(pk__in={claim.customer for claim in claims}).values_list(
            "pk", "name"
        )
    )
    typed = typed or {}
    return {
        claim.key: ClaimRow(claim, names[claim.customer], typed.get(claim.key, ""))
        for claim in claims
    }


def found_by_hand(words: str, typed: Mapping[Key, str]) -> tuple[list[ClaimRow], bool]:
    """What slips, orders, customers or amounts fit the words, after those with an amount beside
    them already; and whether there are more."""
    chosen = _claims([(slip, payment or None) for slip, payment in typed])
    claims = {claim.key: claim for claim in chosen}
    found = _searched(words) if words.strip() else []
    for claim in found[:MOST_FOUND]:
        claims.setdefault(claim.key, claim)
    return list(_rows(list(claims.values()), typed).values()), len(found) > MOST_FOUND


def _searched(words: str) -> list[Claim]:
    plain = words_of(words)
    if not plain:
        return []
    by_words = (
        Q(slip_no__icontains=plain)
        | Q(order__order_no__icontains=plain)
        | Q(order__customer__name__icontains=plain)
        | Q(order__customer__in=spelled(Customer, plain))
    )
    if amount := _amount(words):
        by_words |= Q(amount_due=amount)
    slips = Slip.objects.filter(by_words)
    few = slips.order_by("-issued_at", "-id").values_list("pk", flat=True)
    numbers = list(few[: MOST_FOUND * 4])
    claims = [
        *due_claims(Slip.objects.filter(pk__in=numbers)),
        *recorded_claims(Payment.objects.filter(slip__in=numbers)),
    ]
    return sorted(claims, key=lambda claim: (claim.since, claim.slip_no, claim.key))


def _amount(words: str) -> Decimal | None:
    try:
        amount = amount_of(words.strip())
    except ValidationError:
        return None
    return amount if amount and amount > ZERO else None
