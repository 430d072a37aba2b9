"""The archive: a compressed tar of a manifest, the database and the files.

manifest.json   what it is, of which database and migrations, and the digest of every other part
database        SQLite's file, or pg_dump's custom format
files/...       what lies in MEDIA_ROOT
"""

import hashlib
import json
import os
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

FORMAT = 1
MANIFEST, DATABASE, FILES = "manifest.json", "database", "files"


class BrokenArchive(Exception):
    """The file is no archive of ours, or not all of one."""


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself."""

    vendor: str
    made_at: str
    migrations: list[list[str]]
    digests: dict[str, str]
    format: int = FORMAT


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(*, folder: Path, target: Path, manifest: Manifest) -> None:
    """Write what lies in the folder as an archive, for its owner's eyes only.

    It is written under another name and renamed when it is complete: half an archive never carries
    the name of a whole one.
    """
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    partial = target.with_name(f"{target.name}.partial")
    try:
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=1) as tar:
                for name in (MANIFEST, *sorted(manifest.digests)):
                    tar.add(folder / name, arcname=name)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def unpack(*, archive: Path, folder: Path) -> Manifest:
    """Unpack an archive into an empty folder and check every part; raises `BrokenArchive`."""
    try:
        with tarfile.open(archive, mode="r:gz") as tar:
            for member in tar:
                _unpack_one(tar, member, folder)
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, TypeError) as error:
        raise BrokenArchive(
            _("%(file)s is no backup, or not all of one") % {"file": archive.name}
        ) from error
    if manifest.format != FORMAT:
        raise BrokenArchive(_("the backup was made by a newer version of the program"))
    for name, digest in manifest.digests.items():
        if not (folder / name).is_file() or digest_of(folder / name) != digest:
            raise BrokenArchive(_("the backup is damaged: %(part)s") % {"part": name})
    if DATABASE not in manifest.digests or set(parts(folder)) != set(manifest.digests):
        raise BrokenArchive(_("the backup is damaged: %(part)s") % {"part": DATABASE})
    return manifest


def _unpack_one(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    # Only what `pack` writes: an archive from elsewhere must not reach outside the folder.
    name = PurePosixPath(member.name)
    inside = not name.is_absolute() and ".." not in name.parts
    known = member.name in (MANIFEST, DATABASE) or name.parts[0] == FILES
    content: IO[bytes] | None = tar.extractfile(member) if member.isfile() else None
    if not (inside and known and content):
        raise tarfile.TarError(member.name)
    path = folder / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # For its owner's eyes only, like the archive: among it are people's photos and papers.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with content, open(os.open(path, flags, 0o600), "wb") as kept:
        while block := content.read(2**20):
            kept.write(block)


def parts(folder: Path) -> Iterator[str]:
    """The names of the parts that lie in a folder, the manifest left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            yield path.relative_to(folder).as_posix()
