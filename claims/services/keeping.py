"""What is kept with a claim, a loan or a damage: photos and papers, and words in the trail."""

from collections.abc import Iterable
from typing import Any

from core.files.reading import ReadFile
from core.files.services import file_keep

EXPENSE, LOAN, DAMAGE = "expense", "loan", "damage"


def as_said(value: Any) -> Any:
    """A value as the audit trail keeps it."""
    return value if value is None or isinstance(value, bool) else str(value)


def files_keep(*, files: Iterable[ReadFile], kind: str, owner: int, actor: Any) -> None:
    """Keep them for a record. Runs in the caller's transaction. Raises `FileRefused`."""
    for read in files:
        file_keep(upload=read, actor=actor, kind=kind, owner=str(owner))
