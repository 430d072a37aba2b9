"""Reads of private files."""

from collections.abc import Iterable
from typing import Any

from core.files.models import StoredFile


def files_of(kind: str, owners: Iterable[Any]) -> dict[str, list[StoredFile]]:
    """The files of many records in one query, as they were sent; a record without any has none.

    Whoever may see the record may see these: ask for those of records already `visible_to`.
    """
    found: dict[str, list[StoredFile]] = {str(owner): [] for owner in owners}
    rows = StoredFile.objects.filter(kind=kind, owner__in=found).order_by("owner", "position")
    for file in rows if found else ():
        found[file.owner].append(file)
    return found
