"""What is sent with an appeal: photographs and papers, kept privately."""

from collections.abc import Iterable
from typing import Any

from core.files.reading import ReadFile
from core.files.services import file_keep

KIND = "appeal"


def evidence_keep(*, files: Iterable[ReadFile], owner: int, actor: Any) -> None:
    """Keep what came with an appeal. Runs in the caller's transaction. Raises `FileRefused`."""
    for read in files:
        file_keep(upload=read, actor=actor, kind=KIND, owner=str(owner))
