"""Files people send: bounded before they are kept, and kept only while they are read."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MAX_FILE_BYTES = 100 * 2**20
MAX_REQUEST_BYTES = 200 * 2**20
_LONGEST_STEM = 60


class BoundedUploads(FileUploadHandler):
    """Reads a request that is too large to its end without keeping any of it.

    Breaking the connection off would leave the sender with a browser error instead of a reason;
    `too_large` says to the form that there is one.
    """

    too_large = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  (Django hands it in by this name)
        content_length: int,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        self.too_large = content_length > MAX_REQUEST_BYTES
        if self.too_large and self.request is not None:
            self.request.META["upload_too_large"] = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.too_large:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def is_too_large(request: HttpRequest) -> bool:
    """Whether the files of a request were too large together, and none of them was kept."""
    return bool(request.META.get("upload_too_large"))


@contextmanager
def saved(files: Sequence["UploadedFile[Any]"]) -> Iterator[list[Path]]:
    """The files in a folder of their own, under their own names; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        yield [save_upload(file, Path(folder) / str(number)) for number, file in enumerate(files)]


def save_upload(file: "UploadedFile[Any]", folder: Path) -> Path:
    """Write a file that was sent into a new folder, under its own name as far as that is sound."""
    folder.mkdir()
    # Chinese characters are three bytes each: a long name would not fit a file system's 255.
    given = Path(file.name or "file")
    path = folder / f"{given.stem[:_LONGEST_STEM]}{given.suffix[:10].lower()}"
    with path.open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    return path
