"""Photos as telephones send them: a clock on the wall, a receipt on a desk."""

import math
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIZE = (960, 720)
WALL, FACE, INK, HAND = (214, 219, 224), (250, 250, 247), (40, 44, 52), (176, 42, 55)


def clock_photo(name: str, *, hour: int, minute: int) -> SimpleUploadedFile:
    """A JPEG as a telephone would send it. The same time, the same bytes."""
    picture = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(picture)
    middle, radius = (SIZE[0] // 2, SIZE[1] // 2), 270
    draw.ellipse(_around(middle, radius + 18), fill=INK)
    draw.ellipse(_around(middle, radius), fill=FACE)
    for tick in range(60):
        is_hour = tick % 5 == 0
        inner = _at(middle, radius - (44 if is_hour else 22), tick / 60)
        draw.line(
            [inner, _at(middle, radius - 10, tick / 60)], fill=INK, width=10 if is_hour else 3
        )
    draw.line([middle, _at(middle, 150, (hour % 12 + minute / 60) / 12)], fill=INK, width=18)
    draw.line([middle, _at(middle, 220, minute / 60)], fill=HAND, width=10)
    draw.ellipse(_around(middle, 16), fill=INK)
    written = BytesIO()
    picture.save(written, "JPEG", quality=80)
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/jpeg")


def receipt_photo(name: str, *, amount: str) -> SimpleUploadedFile:
    """A slip of paper with lines and a sum. The same sum, the same bytes."""
    picture = Image.new("RGB", SIZE, (150, 116, 88))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((300, 60, 660, 660), fill=FACE)
    for line in range(9):
        width = 120 + (line * 83) % 140
        draw.rectangle((330, 110 + line * 42, 330 + width, 122 + line * 42), fill=WALL)
        draw.rectangle((570, 110 + line * 42, 630, 122 + line * 42), fill=WALL)
    draw.line((330, 520, 630, 520), fill=INK, width=4)
    draw.text((420, 550), amount, fill=INK, font_size=64, anchor="lt")
    written = BytesIO()
    picture.save(written, "JPEG", quality=80)
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/jpeg")


def _around(middle: tuple[int, int], radius: int) -> tuple[int, int, int, int]:
    x, y = middle
    return (x - radius, y - radius, x + radius, y + radius)


def _at(middle: tuple[int, int], length: float, turn: float) -> tuple[float, float]:
    """The end of a hand: `turn` is the share of the round it has gone from the top."""
    angle = 2 * math.pi * turn
    return (middle[0] + length * math.sin(angle), middle[1] - length * math.cos(angle))


def paper_pdf(name: str) -> SimpleUploadedFile:
    """A page as somebody scans it; what it is called says what it would say."""
    objects = b"".join(
        b"%d 0 obj<<%s>>endobj\n" % (number, said)
        for number, said in enumerate(
            (
                b"/Type/Catalog/Pages 2 0 R",
                b"/Type/Pages/Kids[3 0 R]/Count 1",
                b"/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]",
            ),
            start=1,
        )
    )
    content = b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    return SimpleUploadedFile(name, content)
