"""Suggestions, and what became of them (REP-4)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from reports.querysets import SuggestionQuerySet


class Suggestion(models.Model):
    """What somebody would have otherwise 合理化建议; each gets an answer (REP-4, S1.10, S5.5)."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("suggestion", "waits for an answer")
        TAKEN_UP = "taken_up", pgettext_lazy("suggestion", "taken up")
        KEPT = "kept", pgettext_lazy("suggestion", "kept in mind")
        DECLINED = "declined", pgettext_lazy("suggestion", "not taken up")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="suggestions", verbose_name=_("suggested by")
    )
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("suggestion"), blank=True)
    made_at = models.DateTimeField(_("made"), default=clock.now, db_index=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    version = models.PositiveIntegerField(default=0)
    # Made by the form: sent twice, it is one suggestion.
    token = models.UUIDField(unique=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="suggestion_says_something"),
            # Answered means: in words, by somebody.
            models.CheckConstraint(
                condition=Q(state="open", answer="", answered_at=None, answered_by=None)
                | (
                    ~Q(state="open")
                    & ~Q(answer="")
                    & Q(answered_at__isnull=False, answered_by__isnull=False)
                ),
                name="suggestion_answered_in_words",
            ),
        ]
        indexes = [
            models.Index("person", condition=Q(state="open"), name="suggestion_open"),
        ]

    if TYPE_CHECKING:
        person_id: int
        answered_by_id: int | None

    def __str__(self) -> str:
        return str(self.pk)
