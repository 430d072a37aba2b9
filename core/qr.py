"""A QR code as an image inside the page: no address is asked for it, no script draws it."""

import base64
from io import BytesIO

import qrcode
from qrcode.image.svg import SvgPathImage


def as_image(text: str) -> str:
    """A `data:` address of a picture (SVG) of the text."""
    drawn = BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, border=2).save(drawn)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"
