"""What one person is told inside the program: the inbox and the bell."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from notices.querysets.inbox import NoticeQuerySet


class Notice(models.Model):
    """One thing that one person is told, once. Its text is kept in the program's own English with
    its values apart, and translated for whoever reads it."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="notices", verbose_name=_("person")
    )
    key = models.CharField(_("about"), max_length=120)
    text = models.CharField(_("text"), max_length=300)
    values = models.JSONField(default=dict)
    url = models.CharField(_("address"), max_length=300)
    at = models.DateTimeField(_("at"), default=clock.now)
    due = models.DateTimeField(_("due"), null=True, blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    archived_at = models.DateTimeField(_("put away"), null=True, blank=True)
    # Which sending wrote the row: of two at once, each knows its own rows by it.
    sending = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        indexes = [
            # The bell counts these on every page.
            models.Index("person", condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["person", "-id"], name="notice_newest"),
        ]
        constraints = [
            # Whatever runs twice tells a person once.
            models.UniqueConstraint(fields=["key", "person"], name="notice_once"),
            # What is put away has been read: the bell need not ask for both.
            models.CheckConstraint(
                condition=Q(archived_at=None) | Q(read_at__isnull=False),
                name="notice_archived_is_read",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def said(self) -> str:
        """The text in the reader's language; without its values where they do not fit it."""
        return said(self.text, self.values)


def said(text: str, values: dict[str, Any]) -> str:
    """A text kept in English with its values, in the reader's language."""
    translated = gettext(text)
    try:
        return translated % values if values else translated
    except (KeyError, TypeError, ValueError):
        return translated
