"""Where files that were sent wait: private, under a name nobody can guess, for a day."""

import hashlib
import json
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from core.uploads import save_upload

XLSX_UNPACKS_TO = 8  # about so many times its size, for guessing how long a file takes


class Kept(Protocol):
    """A record of files that were kept: where they lie, and what is known of each."""

    @property
    def folder(self) -> str: ...

    @property
    def files(self) -> Any: ...


class FileChanged(Exception):
    """A kept file is gone, or no longer what it was."""


def folder_of(sent: Kept) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / sent.folder


def files_keep(files: Sequence[Any]) -> tuple[str, list[dict[str, Any]]]:
    """Write files that were sent into a new folder: its name, and what is known of each file."""
    name = secrets.token_urlsafe(32)
    folder = Path(settings.MEDIA_ROOT) / "imports" / name
    folder.mkdir(mode=0o700, parents=True)
    kept = []
    for number, file in enumerate(files):
        path = save_upload(file, folder / f"{number:03}")
        kept.append(
            {
                "path": f"{path.parent.name}/{path.name}",
                "name": path.name,
                "bytes": path.stat().st_size,
                "sha256": _sha256(path),
            }
        )
    return name, kept


def paths_of(sent: Kept) -> list[Path]:
    """The kept files, to the byte what was sent. Raises `FileChanged`."""
    paths = []
    for file in sent.files:
        path = folder_of(sent) / file["path"]
        if not path.is_file() or _sha256(path) != file["sha256"]:
            raise FileChanged(file["name"])
        paths.append(path)
    return paths


def size_of(sent: Kept) -> int:
    """How much there is to read, about."""
    return sum(
        file["bytes"] * (XLSX_UNPACKS_TO if file["name"].endswith(".xlsx") else 1)
        for file in sent.files
    )


def files_drop(sent: Kept) -> None:
    shutil.rmtree(folder_of(sent), ignore_errors=True)


def reasons_keep(sent: Kept, number: int, reasons: dict[int, list[str]]) -> None:
    """Leave beside the files why rows of the table with this number are wrong, by line."""
    path = folder_of(sent) / f"wrong-{number}.json"
    path.write_text(json.dumps(list(reasons.items()), ensure_ascii=False), encoding="utf-8")


def reasons_kept(sent: Kept, number: int) -> dict[int, list[str]]:
    path = folder_of(sent) / f"wrong-{number}.json"
    if not path.is_file():
        return {}
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
