"""Why a line stands: clause, arithmetic, policy version and evidence, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext

from payroll.models import Entry
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
    """An entry with everything a reader needs to check it."""

    entry: Entry
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


def explain(entry: Entry, *, book: PolicyBook | None = None) -> Explanation:
    """Everything behind an entry. Pass `book` when explaining many."""
    clause = clause_of(entry.rule)
    policy = (book or policy_book()).on(entry.policy_on)
    chinese = (get_language() or "").startswith("zh")
    return Explanation(
        entry=entry,
        clause=clause,
        title=clause.title_zh if chinese else clause.title_en,
        text=clause.text_zh if chinese else clause.text_en,
        arithmetic=filled(entry.arithmetic),
        evidence=tuple(EvidenceLine(e["table"], e["row"], filled(e)) for e in entry.evidence),
        policy_since=policy.effective_on,
        parameters=tuple(
            (name, parameter_text(getattr(policy, name)))
            for name in clause.parameters
            if hasattr(policy, name)
        ),
    )


def filled(data: Mapping[str, Any]) -> str:
    """A stored text in the reader's language, with its values."""
    return gettext(data["text"]).format(**data["values"]) if data["text"] else ""
