"""The photo that comes with an objection: a clock on the wall, in time."""

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


def _around(middle: tuple[int, int], radius: int) -> tuple[int, int, int, int]:
    x, y = middle
    return (x - radius, y - radius, x + radius, y + radius)


def _at(middle: tuple[int, int], length: float, turn: float) -> tuple[float, float]:
    """The end of a hand: `turn` is the share of the round it has gone from the top."""
    angle = 2 * math.pi * turn
    return (middle[0] + length * math.sin(angle), middle[1] - length * math.cos(angle))
