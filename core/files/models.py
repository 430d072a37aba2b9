"""Private files: photos, scans and PDF that belong to a record of some app."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.append_only import AppendOnly

MAX_FILES = 10  # of one record


class MediaType(models.TextChoices):
    JPEG = "image/jpeg", "JPEG"
    WEBP = "image/webp", "WebP"
    PDF = "application/pdf", "PDF"


class StoredFile(AppendOnly):
    """A file somebody sent in; its bytes lie in a private folder under its id (core/files/disk.py).

    `kind` and `owner` say which record it belongs to. `sha256` and `size` are of the bytes kept,
    `sent_sha256` of those sent: a picture is written anew before it is kept. It is evidence, so
    the row is never changed and never deleted.
    """

    # Chance and not a count: nobody guesses the address of somebody else's.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    owner = models.CharField(_("belongs to"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=120)
    media_type = models.CharField(_("type"), max_length=20, choices=MediaType.choices)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    sent_sha256 = models.CharField(max_length=64)
    has_thumbnail = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent in by"),
    )
    uploaded_at = models.DateTimeField(_("sent in"), default=clock.now)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            # Two taps on one button send the same file twice: it is kept once.
            models.UniqueConstraint(
                fields=["kind", "owner", "sent_sha256"], name="storedfile_once_per_record"
            ),
            # No more than MAX_FILES of a record, whoever sends at the same moment.
            models.UniqueConstraint(
                fields=["kind", "owner", "position"], name="storedfile_position_once"
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MAX_FILES),
                name="storedfile_not_too_many",
            ),
            # A file of nothing is no evidence.
            models.CheckConstraint(condition=Q(size__gte=1), name="storedfile_not_empty"),
            # Only what the program wrote anew or looked through is ever served.
            models.CheckConstraint(
                condition=Q(media_type__in=MediaType.values), name="storedfile_known_type"
            ),
        ]

    if TYPE_CHECKING:
        uploaded_by_id: int | None

    def __str__(self) -> str:
        return f"{self.kind} {self.owner} {self.name}"

    @property
    def is_picture(self) -> bool:
        return self.media_type != MediaType.PDF

    @property
    def is_confidential(self) -> bool:
        """Whether opening it is written down (core/confidential.py)."""
        return self.kind in settings.CONFIDENTIAL_FILE_KINDS

    @property
    def shows_thumbnail(self) -> bool:
        # A small picture of a medical record is a medical record.
        return self.has_thumbnail and not self.is_confidential
