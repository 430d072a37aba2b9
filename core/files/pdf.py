"""PDF looked through for what could act by itself.

No complete reading: what is hidden deeper does nothing either, because a file is served as a
download, in a sandbox. This spares the reader a document that opens with a warning.
"""

import re
import zlib

from django.utils.translation import gettext_lazy as _

from core.files.refusals import FileRefused

_MOST_INFLATED = 32 * 2**20
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTS = re.compile(rb"/(JavaScript|Launch)(?![A-Za-z0-9])")
_OBJECT_STREAM = re.compile(rb"/ObjStm(?![A-Za-z0-9])[^\x00]{0,400}?stream\r?\n")


def pdf_check(name: str, content: bytes) -> None:
    """Raise `FileRefused` for a PDF that is cut off or starts something when it is opened."""
    if b"startxref" not in content or b"%%EOF" not in content[-2048:]:
        raise FileRefused(
            _("“%(file)s” is damaged or not complete: take or save it again"), file=name
        )
    if any(_ACTS.search(_unescaped(part)) for part in (content, *_object_streams(content))):
        raise FileRefused(
            _("“%(file)s” holds a program: print it as a plain PDF and send that"), file=name
        )


def _unescaped(content: bytes) -> bytes:
    """Names can be written with their letters as numbers: /J#61vaScript."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), content)


def _object_streams(content: bytes) -> list[bytes]:
    """What lies compressed, as far as it is objects and not pictures; no more than a bound."""
    inflated, left = [], _MOST_INFLATED
    for match in _OBJECT_STREAM.finditer(content):
        try:
            part = zlib.decompressobj().decompress(content[match.end() :], left)
        except zlib.error:
            continue
        inflated.append(part)
        left -= len(part)
        if left <= 0:
            break
    return inflated
