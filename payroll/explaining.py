"""Why a line stands: clause, arithmetic, policy version and evidence, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext

from payroll.models import Entry
from payroll.rules import Arithmetic, Charge
from policy.clauses import Clause, clause_of
from policy.labels import parameter_text
from policy.querysets import policy_book
from policy.rules import PolicyBook


@dataclass(frozen=True)
class EvidenceLine:
    """One fact, as it is shown: which row of which table, and what it says."""

    table: str
    row: str
    says: str


@dataclass(frozen=True)
class Explanation:
    """An entry, or a charge not posted yet, with everything a reader needs to check it."""

    entry: Entry | Charge
    clause: Clause
    title: str
    text: str
    arithmetic: str
    evidence: tuple[EvidenceLine, ...]
    policy_since: Any
    parameters: tuple[tuple[str, str], ...]

    @property
    def on_pay(self) -> Decimal:
        return self.entry.on_pay


def explain(entry: Entry | Charge, *, book: PolicyBook | None = None) -> Explanation:
    """Everything behind an entry or a charge. Pass `book` when explaining many."""
    clause = clause_of(entry.rule)
    policy = (book or policy_book()).on(entry.policy_on)
    chinese = (get_language() or "").startswith("zh")
    return Explanation(
        entry=entry,
        clause=clause,
        title=clause.title_zh if chinese else clause.title_en,
        text=clause.text_zh if chinese else clause.text_en,
        arithmetic=says(entry),
        evidence=tuple(EvidenceLine(e["table"], e["row"], filled(e)) for e in _evidence(entry)),
        policy_since=policy.effective_on,
        parameters=tuple(
            (name, parameter_text(getattr(policy, name)))
            for name in clause.parameters
            if hasattr(policy, name)
        ),
    )


def says(entry: Entry | Charge) -> str:
    """The arithmetic of an entry or a charge, in the reader's language."""
    told = entry.arithmetic
    return filled(told.as_data() if isinstance(told, Arithmetic) else told)


def _evidence(entry: Entry | Charge) -> Sequence[Mapping[str, Any]]:
    if isinstance(entry, Charge):
        return [fact.as_data() for fact in entry.evidence]
    return entry.evidence


def filled(data: Mapping[str, Any]) -> str:
    """A stored text in the reader's language, with its values."""
    return gettext(data["text"]).format(**data["values"]) if data["text"] else ""
