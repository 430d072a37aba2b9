"""Every file that a row names is there."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.files import disk
from core.files.models import StoredFile
from core.verification import Problem


def files() -> Iterator[Problem]:
    """The bytes of every file are there, as many as were kept."""
    for file in StoredFile.objects.only("id", "size", "has_thumbnail").iterator(2000):
        path = disk.path_of(file.pk)
        if not path.is_file():
            yield Problem("files", str(file.pk), _("the file is not there"))
        elif path.stat().st_size != file.size:
            yield Problem("files", str(file.pk), _("the file is not what was kept"))
        if file.has_thumbnail and not disk.path_of(file.pk, thumbnail=True).is_file():
            yield Problem("files", str(file.pk), _("the thumbnail is not there"))


def contents() -> Iterator[Problem]:
    """The bytes of every file are those that were kept: reads all of them (`verify --deep`)."""
    for file in StoredFile.objects.only("id", "sha256").iterator(2000):
        path = disk.path_of(file.pk)
        if not path.is_file():
            continue  # said by `files`
        with path.open("rb") as content:
            if disk.sha256_of(content) != file.sha256:
                yield Problem("files", str(file.pk), _("the file is not what was kept"))
