"""How cases are changed as they were seen, and why they are not."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts.services import in_place
from conduct.models import Proceeding
from core.files.reading import ReadFile
from core.files.services import file_keep
from core.services import audit, audit_subject

EVIDENCE, HEARING = "conduct", "hearing"
"""The kinds of private files: of a report, of a reply."""


class CaseRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


class ChangedMeanwhile(CaseRefused):
    """Somebody else was first: what was seen is no longer so."""


def meanwhile() -> ChangedMeanwhile:
    return ChangedMeanwhile(_("It was changed meanwhile; look again."))


def must_say(text: str, why: str) -> str:
    """What was typed, without blanks around it. Raises `CaseRefused` where it is nothing."""
    if not text.strip():
        raise CaseRefused(why)
    return text.strip()


def proceeding_change(row: Proceeding, **values: Any) -> Proceeding:
    """Change a case that is still as it was seen; gives it as it is now. In the caller's
    transaction. Raises `ChangedMeanwhile`."""
    seen = Proceeding.objects.filter(pk=row.pk, version=row.version, state=row.state)
    if seen.update(version=row.version + 1, **values) != 1:
        raise meanwhile()
    now: Proceeding = Proceeding.objects.select_related("reporter").get(pk=row.pk)
    return now


def files_keep(*, kind: str, owner: int, files: Iterable[ReadFile], actor: Any) -> None:
    """Keep what was sent along. In the caller's transaction. Raises `FileRefused`."""
    for read in files:
        file_keep(upload=read, actor=actor, kind=kind, owner=str(owner))


def written(row: Any, action: str, actor: Any, role: str = "", **changes: Any) -> None:
    """An audit row that says neither who is named in a case nor what was said: it is read by
    others than the case is."""
    placed = in_place(actor, role) if role else {}
    audit(
        actor=actor,
        action=action,
        subject=audit_subject(row),
        changes={**changes, **placed},
    )
