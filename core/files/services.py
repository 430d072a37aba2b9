"""Keeping private files, and taking away what no row names."""

import logging
import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.files import disk
from core.files.models import MAX_FILES, StoredFile
from core.files.reading import ReadFile, file_read
from core.files.refusals import FileRefused as FileRefused

ORPHAN_AFTER = timedelta(days=1)
log = logging.getLogger(__name__)


def file_keep(
    *, upload: "UploadedFile[Any] | ReadFile", actor: Any, kind: str, owner: str
) -> StoredFile:
    """Keep a file for a record; the same bytes a second time are the file already there.

    `owner` is the id of the record as text. Raises `FileRefused`. A form with a `FilesField` gives
    files already read, which keeps the slow part out of the caller's transaction. The bytes are
    on the disk before the row is: a transaction rolled back leaves an orphan at the most, which
    `orphans_sweep` takes away.
    """
    read = upload if isinstance(upload, ReadFile) else file_read(upload)
    for _attempt in range(MAX_FILES + 1):
        there = dict(
            StoredFile.objects.filter(kind=kind, owner=owner).values_list("sent_sha256", "position")
        )
        if read.sent_sha256 in there:
            return StoredFile.objects.get(kind=kind, owner=owner, sent_sha256=read.sent_sha256)
        if len(there) >= MAX_FILES:
            raise FileRefused(_("No more than %(count)s files here"), count=MAX_FILES)
        position = max(there.values(), default=0) + 1
        if kept := _keep(read, actor=actor, kind=kind, owner=owner, position=position):
            return kept
    raise IntegrityError("overtaken by others who send files of the same record")


def _keep(read: ReadFile, *, actor: Any, kind: str, owner: str, position: int) -> StoredFile | None:
    """One attempt; None when somebody else took the place meanwhile."""
    file_id = uuid4()
    disk.write(disk.path_of(file_id), read.content)
    if read.thumbnail:
        disk.write(disk.path_of(file_id, thumbnail=True), BytesIO(read.thumbnail))
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                id=file_id,
                kind=kind,
                owner=owner,
                position=position,
                name=read.name,
                media_type=read.media_type,
                size=read.size,
                sha256=read.sha256,
                sent_sha256=read.sent_sha256,
                has_thumbnail=bool(read.thumbnail),
                uploaded_by=actor,
            )
    except IntegrityError:
        disk.remove(file_id)
        return None


def orphans_sweep(*, now: datetime | None = None) -> int:
    """Take away files older than a day that no row names; says how many.

    A day is longer than any transaction: whoever is still at it keeps what they wrote.
    """
    until = (now or clock.now()) - ORPHAN_AFTER
    old = [(file_id, path) for file_id, path in disk.ids_there() if _written(path) < until]
    swept = 0
    for start in range(0, len(old), 500):
        part = old[start : start + 500]
        known = set(
            StoredFile.objects.filter(pk__in={file_id for file_id, _path in part}).values_list(
                "pk", flat=True
            )
        )
        for file_id, path in part:
            if file_id not in known or path.name.endswith(disk.PARTIAL):
                path.unlink(missing_ok=True)
                swept += 1
    if swept:
        log.info("files: %s without a row taken away", swept)
    return swept


def _written(path: "os.PathLike[str]") -> datetime:
    try:
        return datetime.fromtimestamp(os.stat(path).st_mtime, UTC)
    except FileNotFoundError:
        return clock.now()
