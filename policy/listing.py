"""The versions there are, as they are listed and put beside each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.history.reading import with_names
from core.models import AuditRow
from core.templatetags.house import day as day_text
from policy.clauses import CHAPTER_TITLES, CHAPTERS
from policy.clauses.clause import Clause
from policy.models import PolicyDraft
from policy.querysets import drafts_open, policy_rows
from policy.rules import Policy, PolicyBook
from policy.services.versions import BROUGHT, version_subject
from policy.versions import Change, book_with, difference

GIVEN = "given"
DRAFT = "draft-"


@dataclass(frozen=True)
class VersionRow:
    """A version: since when, what it changed, the drafts that put it in force; else it came by
    file, and `loaded` says by whom and when."""

    effective_on: date
    changes: Sequence[Change]
    drafts: Sequence[PolicyDraft]
    state: str
    loaded: Sequence[AuditRow] = ()

    @property
    def key(self) -> str:
        return self.effective_on.isoformat()


@dataclass(frozen=True)
class Choice:
    """Something that can be put beside something else."""

    key: str
    label: str
    policy: Policy


@dataclass(frozen=True)
class ChangeRead:
    """A change with the clause it is about."""

    change: Change
    clause: Clause | None


def clause_by_parameter() -> dict[str, Clause]:
    """The clause each parameter belongs to: the first that speaks of it, POL-2 of none."""
    found: dict[str, Clause] = {}
    for clause in (clause for chapter in CHAPTERS for clause in chapter):
        for name in clause.parameters if clause.rule != "POL-2" else ():
            found.setdefault(name, clause)
    return found


def chapter_of(clause: Clause) -> Any:
    for title, clauses in zip(CHAPTER_TITLES, CHAPTERS, strict=True):
        if clause in clauses:
            return title
    raise KeyError(clause.rule)


def with_clauses(changes: Iterable[Change]) -> list[ChangeRead]:
    clauses = clause_by_parameter()
    return [ChangeRead(change, clauses.get(change.name)) for change in changes]


def version_rows(today: date) -> list[VersionRow]:
    """The versions, the latest first. Three queries."""
    book = PolicyBook.of(policy_rows())
    current = book.on(today).effective_on
    put: dict[date, list[PolicyDraft]] = {}
    for draft in PolicyDraft.objects.filter(state=PolicyDraft.State.PUT).select_related(
        "made_by__person", "decided_by__person"
    ):
        put.setdefault(draft.effective_on, []).append(draft)
    loaded: dict[str, list[AuditRow]] = {}
    brought = AuditRow.objects.filter(
        action=BROUGHT, subject__in=[version_subject(start) for start in book.starts]
    )
    for row in with_names(brought).order_by("id"):
        loaded.setdefault(row.subject, []).append(row)
    return [
        VersionRow(
            start,
            difference(book.versions[n], book.versions[n + 1]),
            put.get(start, ()),
            "coming" if start > today else "now" if start == current else "past",
            loaded.get(version_subject(start), ()),
        )
        for n, start in reversed(list(enumerate(book.starts)))
    ]


def choices() -> list[Choice]:
    """All that can be compared, the documents first, drafts last. Two queries."""
    rows = policy_rows()
    book = PolicyBook.of(rows)
    found = [Choice(GIVEN, _("The regulation as it was given"), book.versions[0])]
    for start, version in zip(book.starts, book.versions[1:], strict=True):
        label = _("Version of %(day)s") % {"day": day_text(start)}
        found.append(Choice(start.isoformat(), label, version))
    for each in drafts_open():
        label = _("Draft “%(name)s”") % {"name": each.name}
        version = book_with(rows, each.changes, each.effective_on).on(each.effective_on)
        found.append(Choice(f"{DRAFT}{each.pk}", label, version))
    return found
