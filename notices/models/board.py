"""The notice board 通报: what the whole company, a team or a role is told (NOTE-1)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Role
from core import clock
from core.append_only import AppendOnly
from notices.querysets.board import BoardNoticeQuerySet, BoardReadingQuerySet


class BoardNotice(models.Model):
    """A notice on the board. It is changed by a new version, withdrawn, never deleted."""

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=10_000)
    to_all = models.BooleanField(_("for everybody"), default=True)
    shown_from = models.DateTimeField(_("from"), default=clock.now)
    shown_until = models.DateTimeField(_("until"), null=True, blank=True)
    pinned = models.BooleanField(_("pinned"), default=False)
    to_confirm = models.BooleanField(_("to be confirmed as read"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("at"), default=clock.now)
    version = models.PositiveIntegerField(_("version"), default=1)
    # The form it was written on: one sent twice hangs up one notice.
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    # When its readers were told of it: a notice from a later day is told of when the day comes.
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawn_why = models.CharField(_("why"), max_length=300, blank=True)

    objects = BoardNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("board notice")
        verbose_name_plural = _("board notices")
        ordering = ["-pinned", "-shown_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_until=None) | Q(shown_until__gt=F("shown_from")),
                name="board_ends_after_begin",
            ),
            # Who takes a notice back says why.
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_why="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")
                ),
                name="board_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BoardAudience(models.Model):
    """A team or a role that a notice is for, where it is not for everybody."""

    class Kind(models.TextChoices):
        TEAM = "team", _("team")
        ROLE = "role", _("role")

    notice = models.ForeignKey(BoardNotice, models.CASCADE, related_name="audience")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    value = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("readers of a board notice")
        verbose_name_plural = _("readers of board notices")
        constraints = [
            models.UniqueConstraint(fields=["notice", "kind", "value"], name="board_audience_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"

    @property
    def label(self) -> str:
        """The team's name, or the role's in the reader's language."""
        return str(Role(self.value).label) if self.kind == self.Kind.ROLE else self.value


class BoardVersion(AppendOnly):
    """What a notice said in each of its versions. Never changed itself."""

    notice = models.ForeignKey(BoardNotice, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    said = models.JSONField(_("all else it said"), default=dict)
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("version of a board notice")
        verbose_name_plural = _("versions of board notices")
        ordering = ["notice", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "version"], name="board_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.version}"


class BoardReading(models.Model):
    """That somebody opened a notice, which version, and whether they said that they have read it.

    A new version is to be read again.
    """

    notice = models.ForeignKey(BoardNotice, models.PROTECT, related_name="readings")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="board_readings", verbose_name=_("person")
    )
    version = models.PositiveIntegerField(_("version"))
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = BoardReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a board notice")
        verbose_name_plural = _("readings of board notices")
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "person", "version"], name="board_reading_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.person_id}"
