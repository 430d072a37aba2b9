"""Minutes on their way: what somebody has typed and not saved yet (MEET-1)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from reports.models.meetings import Meeting


class MinutesDraft(models.Model):
    """What somebody who leads a meeting has typed of its minutes: each their own, so that nobody's
    is overwritten. Gone once it is saved.

    `of_version`: the meeting as it was when they began; where it has moved on, they are told.
    """

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="drafts", verbose_name=_("meeting")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("who")
    )
    text = models.TextField(_("minutes of the meeting"), blank=True)
    of_version = models.PositiveIntegerField()
    saved_at = models.DateTimeField(_("saved"), default=clock.now)

    class Meta:
        verbose_name = _("draft of minutes")
        verbose_name_plural = _("drafts of minutes")
        ordering = ["saved_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "by"], name="minutes_draft_once_each"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.by_id}"
