"""Where the bytes of private files lie: under their ids alone, for the program's eyes only.

Never below a folder that a web server hands out. No part of a path comes from a user.
"""

import hashlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

PARTIAL = ".partial"
THUMBNAIL = ".thumbnail"
BLOCK = 2**20


def folder() -> Path:
    """The folder of all private files."""
    return Path(settings.MEDIA_ROOT) / "private"


def path_of(file_id: uuid.UUID, *, thumbnail: bool = False) -> Path:
    """Where the bytes of a file lie, whether they are there or not."""
    name = file_id.hex
    return folder() / name[:2] / f"{name}{THUMBNAIL if thumbnail else ''}"


def write(path: Path, content: IO[bytes]) -> None:
    """Write the bytes so that the name never stands for half of them, not even after a crash."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(path.name + PARTIAL)
    content.seek(0)
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with open(os.open(partial, flags, 0o600), "wb") as file:
            while block := content.read(BLOCK):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    _sync(path.parent)


def _sync(parent: Path) -> None:
    # The row that names the file is about to be committed: the name has to outlive a crash too.
    handle = os.open(parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(file_id: uuid.UUID) -> None:
    """Take away the bytes of a file that no row names."""
    for thumbnail in (False, True):
        path_of(file_id, thumbnail=thumbnail).unlink(missing_ok=True)


def sha256_of(content: IO[bytes]) -> str:
    content.seek(0)
    digest = hashlib.sha256()
    while block := content.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def ids_there() -> Iterator[tuple[uuid.UUID, Path]]:
    """Every file that lies in the folder, with the id it goes by; what is none of ours left out."""
    for path in sorted(folder().glob("??/*")):
        try:
            yield uuid.UUID(path.name.split(".")[0]), path
        except ValueError:
            continue
