"""Files as people, phones and attackers send them; each is made, none lies here."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

ROTATED = 6  # EXIF: the camera was held upright, turn it by a quarter
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj
trailer<</Root 1 0 R>>
startxref
9
%%EOF
"""
ENCRYPTED_PDF = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 9 0 R")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00" + bytes(200)
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
HEIC = struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + bytes(200)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(form: str = "JPEG", *, size=(60, 40), mode: str = "RGB", **options: object) -> bytes:
    """A picture whose left half is light and whose right half is dark."""
    light = {"RGB": (250, 240, 230), "CMYK": (0, 5, 10, 0), "RGBA": (250, 240, 230, 200)}
    made = Image.new(mode, size, light.get(mode, 200))
    made.paste({"CMYK": (0, 0, 0, 240), "RGB": (10, 10, 10)}.get(mode, 10),
               (size[0] // 2, 0, *size)) if mode in ("RGB", "CMYK", "L") else None  # fmt: skip
    written = io.BytesIO()
    made.save(written, form, **options)
    return written.getvalue()


def photo() -> bytes:
    """A phone's photo: turned, with the place it was taken at."""
    exif = Image.Exif()
    exif[0x0112] = ROTATED
    exif[0x010F] = "Spy phone"
    exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 52.0, 7.0)})
    return picture(exif=exif, comment=b"a comment")


def animated() -> bytes:
    first, second = (Image.new("P", (30, 30), grey) for grey in (1, 2))
    written = io.BytesIO()
    first.save(written, "GIF", save_all=True, append_images=[second], duration=50)
    return written.getvalue()


def deep_grey() -> bytes:
    """A PNG of 16 bits a point: half way between black and white."""
    written = io.BytesIO()
    Image.new("I;16", (20, 20), 32768).save(written, "PNG")
    return written.getvalue()


def bomb(side: int = 20000) -> bytes:
    """A PNG of a few hundred KB that is a gigabyte when it is decoded."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content
            + struct.pack(">I", zlib.crc32(name + content))
        )  # fmt: skip

    row = bytes(1 + side * 3)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(side // 100)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", packed)
        + chunk(b"IEND", b"")
    )


def acting_pdf(name: bytes = b"/JavaScript") -> bytes:
    act = b"/OpenAction<</S" + name + b"/JS(app.alert(1))>>"
    return PDF.replace(b"/Type/Catalog", b"/Type/Catalog" + act)


def acting_pdf_packed() -> bytes:
    """The program lies compressed among other objects."""
    packed = zlib.compress(b"4 0 <</S/JavaScript/JS(app.alert(1))>>")
    stream = (
        b"5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
        + packed
        + b"\nendstream endobj\n"
    )
    return PDF.replace(b"trailer", stream + b"trailer")
