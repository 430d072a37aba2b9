"""What was sent, looked through and made harmless, before any of it is kept. No database.

What a file is, its content says and not its name. A picture is decoded and written anew: turned
upright, without what the camera notes (place and time), and without whatever was hidden in it. A
PDF is kept as it is: it is looked through, and served so that it can do nothing (core/files/views).
"""

import io
import unicodedata
import warnings
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any

import filetype
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from core.files.disk import sha256_of
from core.files.models import MediaType
from core.files.pdf import pdf_check
from core.files.refusals import FileRefused

MAX_PICTURE_BYTES = 10 * 2**20
MAX_PDF_BYTES = 20 * 2**20
MAX_PIXELS = 64_000_000  # a phone's best photo; decoded it is 200 MB
LONGEST_SIDE = 2560
THUMBNAIL_SIDE = 400
QUALITY = 85
LONGEST_NAME = 100

_PICTURES = {"image/jpeg", "image/png", "image/apng", "image/webp", "image/gif"}
_PHONE_ONLY = {"image/heic", "image/heif"}
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_ENDINGS = {MediaType.JPEG: ".jpg", MediaType.WEBP: ".webp", MediaType.PDF: ".pdf"}


@dataclass(frozen=True)
class ReadFile:
    """A file that was looked through: what is to be kept of it."""

    name: str
    media_type: MediaType
    content: IO[bytes]
    size: int
    sha256: str
    sent_sha256: str
    thumbnail: bytes | None = None


def file_read(upload: "UploadedFile[Any]") -> ReadFile:
    """Look through what was sent; raises `FileRefused` with the reason for the reader.

    It takes its time with pictures: do it before a transaction begins.
    """
    name, size = upload.name or "", upload.size or 0
    if not size:
        raise FileRefused(_("“%(file)s” is empty"), file=shown(name))
    content: IO[bytes] = upload.file  # type: ignore[assignment]
    content.seek(0)
    found = _type_of(content.read(4096))
    if found == "application/pdf":
        return _read_pdf(name, size, content)
    if found in _PICTURES:
        return _read_picture(name, size, content)
    if found in _PHONE_ONLY:
        raise FileRefused(
            _("“%(file)s” is a HEIC photo, which cannot be read here: send it as JPEG"),
            file=shown(name),
        )
    raise FileRefused(
        _("“%(file)s” is none of the files taken here: JPEG, PNG, WebP, GIF or PDF"),
        file=shown(name),
    )


def shown(name: str) -> str:
    """A name as it can be shown: the last part of a path, without what turns or hides text."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    kept = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in last)
    return " ".join(kept.split()).strip(". ")[:LONGEST_NAME].strip() or str(_("file"))


def name_for(name: str, media_type: MediaType) -> str:
    """The name a file is kept under: as given, with the ending of what it is."""
    cleaned, ending = shown(name), _ENDINGS[media_type]
    given = PurePosixPath(cleaned).suffix.lower()
    known = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".pdf", ".heic"}
    stem = cleaned[: -len(given)] if given in known else cleaned
    return f"{stem.strip('. ') or _('file')}{ending}"


def _type_of(head: bytes) -> str:
    guess = filetype.guess(head)
    return guess.mime if guess else ""


def _too_large(name: str, limit: int) -> FileRefused:
    return FileRefused(
        _("“%(file)s” is larger than %(mb)s MB"), file=shown(name), mb=limit // 2**20
    )


def _read_pdf(name: str, size: int, content: IO[bytes]) -> ReadFile:
    if size > MAX_PDF_BYTES:
        raise _too_large(name, MAX_PDF_BYTES)
    content.seek(0)
    pdf_check(shown(name), content.read())
    digest = sha256_of(content)
    kept = name_for(name, MediaType.PDF)
    return ReadFile(kept, MediaType.PDF, content, size, digest, digest)


def _read_picture(name: str, size: int, content: IO[bytes]) -> ReadFile:
    if size > MAX_PICTURE_BYTES:
        raise _too_large(name, MAX_PICTURE_BYTES)
    picture, media_type = _decoded(name, content)
    written = io.BytesIO()  # of so many points, some MB at the most
    if media_type == MediaType.JPEG:
        picture.save(written, "JPEG", quality=QUALITY, optimize=True)
    else:
        picture.save(written, "WEBP", quality=QUALITY)
    length = written.tell()
    return ReadFile(
        name=name_for(name, media_type),
        media_type=media_type,
        content=written,
        size=length,
        sha256=sha256_of(written),
        sent_sha256=sha256_of(content),
        thumbnail=_thumbnail(picture),
    )


def _decoded(name: str, content: IO[bytes]) -> tuple[Image.Image, MediaType]:
    """The first picture in the file: upright, in plain colours, not larger than is of use."""
    content.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(content, formats=_FORMATS)
        if opened.width * opened.height <= MAX_PIXELS:
            is_jpeg = opened.format in ("JPEG", "MPO")
            if is_jpeg:
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # decodes no more than needed
            opened.load()
            upright = _upright(_smaller(_plain(opened), LONGEST_SIDE))
            return _bare(upright), MediaType.JPEG if is_jpeg else MediaType.WEBP
    except Image.DecompressionBombError:
        pass
    except Exception as error:
        # Decoders stumble over bytes made up for them in a dozen ways; it is no picture to us.
        raise FileRefused(
            _("“%(file)s” is damaged or not complete: take or save it again"), file=shown(name)
        ) from error
    raise FileRefused(
        _("“%(file)s” has too many points: no more than %(count)s million"),
        file=shown(name),
        count=MAX_PIXELS // 1_000_000,
    )


def _plain(picture: Image.Image) -> Image.Image:
    """Eight bits of red, green and blue, and of what shines through where anything does."""
    if picture.mode.startswith(("I", "F")):
        # More than eight bits of grey; Pillow would cut off what is above 255.
        picture = picture.convert("I").point(lambda grey: grey / 256).convert("L")
    clear = "A" in picture.mode or "transparency" in picture.info
    return picture.convert("RGBA" if clear else "RGB")


def _upright(picture: Image.Image) -> Image.Image:
    """As the camera was held; notes that cannot be read do not spoil a picture that can."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        return picture


def _smaller(picture: Image.Image, side: int) -> Image.Image:
    if max(picture.size) > side:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    return picture


def _bare(picture: Image.Image) -> Image.Image:
    """The points alone: what the camera noted, profiles and comments stay behind."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def _thumbnail(picture: Image.Image) -> bytes:
    small = _smaller(picture.copy(), THUMBNAIL_SIDE)
    written = io.BytesIO()
    small.save(written, "WEBP", quality=80)
    return written.getvalue()
