"""The history of records: who changed what and when, the latest first, a page at a time.

Whoever shows a record's history has made sure that its reader may see the record; fields that not
every such reader may see are named in `settings.AUDIT_CONFIDENTIAL`. Pages go by the row's number
and not by counting: the thousandth costs what the first does.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import QuerySet

from core.history.words import Change, action_word, changes_words, subject_words
from core.models import AuditRow
from core.services import audit_subject

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Moment:
    """One change: when, by whom (empty: by the program itself), what it is called, and of what."""

    pk: int
    at: datetime
    who: str
    action: str
    subject: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class History:
    """A page of changes; `older` is what to ask for to go on, None at the end."""

    moments: list[Moment]
    older: int | None = None

    def __bool__(self) -> bool:
        return bool(self.moments)


def history_of(
    subject: "str | models.Model | Iterable[str | models.Model]",
    user: Any,
    *,
    before: int | None = None,
    per_page: int = PER_PAGE,
    shown: Collection[str] = (),
) -> History:
    """What happened to a record (or to several that belong together), as `user` may read it.

    `subject`: the record itself, or what `audit` was given as its subject. `shown`: which of
    `settings.AUDIT_CONFIDENTIAL` this reader may see of this record all the same (one's own pay).
    One query, and one for each table that changes name records of.
    """
    rows = AuditRow.objects.filter(subject__in=_subjects(subject))
    return history_page(rows, user, before=before, per_page=per_page, shown=shown)


def history_page(
    rows: "QuerySet[AuditRow]",
    user: Any,
    *,
    before: int | None = None,
    per_page: int = PER_PAGE,
    shown: Collection[str] = (),
) -> History:
    """A page of any audit rows, the latest first, from below the row numbered `before`."""
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(with_names(rows).order_by("-id")[: per_page + 1])
    page = found[:per_page]
    older = page[-1].pk if len(found) > per_page else None
    return History(moments_of(page, user, shown), older)


def moments_of(rows: Sequence[AuditRow], user: Any, shown: Collection[str] = ()) -> list[Moment]:
    """Audit rows in the words of a reader; they are read `with_names`. A query for each table that
    changes name records of. `shown`: confidential fields that may be read here all the same."""
    changes = changes_words(rows, user, shown)
    return [
        Moment(
            row.pk,
            row.at,
            name_of(row.actor),
            action_word(row.action),
            subject_words(row.subject),
            changes[row.pk],
        )
        for row in rows
    ]


def with_names(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Rows that have an `actor`, read together with what `name_of` needs of them."""
    by: Any = get_user_model()
    return rows.select_related("actor", *(f"actor__{name}" for name in by.NAMED_BY))


def name_of(actor: Any) -> str:
    """What a login is called; empty for the program itself."""
    return (actor.get_full_name() or actor.get_username()) if actor else ""


def number_from(text: str | None) -> int | None:
    """The row number that an address carries, where it is one."""
    return int(text) if text and re.fullmatch("[0-9]{1,18}", text) else None


def _subjects(subject: Any) -> list[str]:
    many = [subject] if isinstance(subject, (str, models.Model)) else list(subject)
    return [
        (audit_subject(each) if isinstance(each, models.Model) else str(each))[:80] for each in many
    ]
