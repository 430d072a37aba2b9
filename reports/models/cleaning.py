"""The roster of morning cleaning (MEET-3)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from reports.querysets import CleaningQuerySet


class CleaningTurn(models.Model):
    """Who cleans on the morning of a workday: by turns, or owing it for missing points (VIS-2).

    `owed_for`: the key of the duty it pays off; each duty is paid off once.
    """

    on = models.DateField(_("on"), db_index=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="cleaning_turns", verbose_name=_("who")
    )
    team = models.CharField(_("team"), max_length=60, blank=True)
    owed_for = models.CharField(max_length=80, null=True, blank=True, unique=True)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    version = models.PositiveIntegerField(default=0)

    objects = CleaningQuerySet.as_manager()

    class Meta:
        verbose_name = _("turn of cleaning")
        verbose_name_plural = _("turns of cleaning")
        ordering = ["on", "id"]
        constraints = [
            # One a morning and team: made twice at once, it is one.
            models.UniqueConstraint(fields=["on", "team"], name="cleaning_one_a_morning"),
        ]

    if TYPE_CHECKING:
        person_id: int
        confirmed_by_id: int | None

    def __str__(self) -> str:
        return f"{self.on}/{self.team}"

    @property
    def standing(self) -> str:
        """How it stands, for a badge: `confirmed`, `done`, `missed` or `planned`."""
        if self.confirmed_by_id is not None:
            return "confirmed"
        if self.done_at is not None:
            return "done"
        return "missed" if self.on < clock.today() else "planned"
