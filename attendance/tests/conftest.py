"""The company's people on Monday, 2 November 2026, 09:00; records as telephones send them."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Person
from core import clock
from tests import cast


@pytest.fixture
def people(db) -> Iterator[dict[str, Person]]:
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


@pytest.fixture(scope="session")
def photo() -> Callable[..., SimpleUploadedFile]:
    def made(color: str = "white") -> SimpleUploadedFile:
        written = BytesIO()
        Image.new("RGB", (40, 30), color).save(written, "JPEG")
        return SimpleUploadedFile(f"{color}.jpg", written.getvalue(), content_type="image/jpeg")

    return made
