"""The matching itself: what is certain is matched, all else is left with what it may be."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from core.db import read_snapshot
from receivables.bank.models import BankLine, BankMatch
from receivables.bank.reading import (
    accounts_known,
    claims_between,
    directory,
    incoming,
    month_finder,
)
from receivables.bank.rules.facts import Proposal, Verdict
from receivables.bank.rules.matching import match
from receivables.bank.services.matching import MatchRefused, Pays, line_match

MATCHING = gettext_noop("matching")
AT_A_TIME = 100  # in one statement, which SQLite lets be only so deep
MOST_LINES = 20_000
"""Of lines left, the latest: what nobody looked at for so long is looked for by hand."""


def lines_match(*, advance: Callable[[str], None] | None = None) -> dict[str, int]:
    """Look at every line that is left, match what is certain, and leave the rest its proposals.

    Returns how many were matched, are doubtful and unmatched. Run twice, or by two at once, it
    comes to the same. A line that was taken back by hand is never matched by itself again.
    """
    lines, verdicts = _verdicts()
    by_hand = set(
        BankMatch.objects.filter(
            line__state__in=BankLine.LEFT, undone_at__isnull=False
        ).values_list("line_id", flat=True)
    )
    rest = []
    for n, verdict in enumerate(verdicts):
        if advance and n % AT_A_TIME == 0:
            advance(MATCHING)
        sure = verdict.automatic
        line = lines[verdict.line]
        if sure is None or line.pk in by_hand or not _matched(line, sure):
            rest.append(verdict)
    doubtful = _leave(rest)
    return {
        "matched": len(verdicts) - len(rest),
        "doubtful": doubtful,
        "unmatched": len(rest) - doubtful,
    }


def _verdicts() -> tuple[dict[int, BankLine], list[Verdict]]:
    with read_snapshot():
        latest = BankLine.objects.left().order_by("-booked_at", "-id")[:MOST_LINES]
        lines = {row.pk: row for row in latest}
        if not lines:
            return {}, []
        days = [row.day for row in lines.values()]
        month_of = month_finder()
        return lines, match(
            incoming(lines.values(), month_of),
            claims_between(min(days), max(days), month_of),
            directory(),
            accounts_known(),
        )


def _matched(line: BankLine, sure: Proposal) -> bool:
    """Match what is certain; not if somebody came between."""
    pays = [Pays(part.claim.slip, part.amount, part.claim.payment) for part in sure.parts]
    found = as_kept(sure)
    why = {"confidence": found["confidence"], "reasons": found["reasons"]}
    try:
        line_match(actor=None, line=line, pays=pays, found=why)
    except MatchRefused:
        return False
    return True


def _leave(verdicts: Iterable[Verdict]) -> int:
    """Keep what lines may be, some at a time; says how many are doubtful."""
    told = {verdict.line: [as_kept(each) for each in verdict.proposals] for verdict in verdicts}
    numbers = sorted(told)
    for start in range(0, len(numbers), AT_A_TIME):
        _leave_some({pk: told[pk] for pk in numbers[start : start + AT_A_TIME]})
    return sum(bool(proposals) for proposals in told.values())


@transaction.atomic
def _leave_some(told: dict[int, list[dict[str, Any]]]) -> None:
    rows = list(BankLine.objects.select_for_update().left().filter(pk__in=told).order_by("pk"))
    for row in rows:
        row.proposals = told[row.pk]
        row.state = BankLine.State.DOUBTFUL if row.proposals else BankLine.State.UNMATCHED
    BankLine.objects.bulk_update(rows, ["proposals", "state"])


def as_kept(proposal: Proposal) -> dict[str, Any]:
    return {
        "kind": str(proposal.kind),
        "confidence": proposal.confidence,
        "parts": [
            [part.claim.slip, part.claim.payment, str(part.amount)] for part in proposal.parts
        ],
        "reasons": [[reason.code, dict(reason.said)] for reason in proposal.reasons],
    }
