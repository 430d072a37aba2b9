"""The daily oral report, ticked by whoever heard it (REP-2)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from reports.querysets import OralQuerySet


class OralReport(models.Model):
    """Somebody told their supervisor, on a workday, of the work of the day before 口头汇报
    (REP-2, S9-3.2). There is a row once it is ticked."""

    class Way(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        TELEPHONE = "telephone", _("by telephone")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="oral_reports", verbose_name=_("salesperson")
    )
    on = models.DateField(_("day"), db_index=True)
    way = models.CharField(_("way"), max_length=9, choices=Way.choices, default=Way.IN_PERSON)
    note = models.TextField(_("note"), blank=True)
    heard_at = models.DateTimeField(_("ticked"), default=clock.now)
    heard_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("heard by")
    )
    version = models.PositiveIntegerField(default=0)

    objects = OralQuerySet.as_manager()

    class Meta:
        verbose_name = _("oral report")
        verbose_name_plural = _("oral reports")
        ordering = ["-on", "person"]
        constraints = [
            # Two who tick at once tick it once.
            models.UniqueConstraint(fields=["person", "on"], name="oral_report_once_a_day"),
        ]

    if TYPE_CHECKING:
        person_id: int
        heard_by_id: int

    def __str__(self) -> str:
        return f"{self.person_id}/{self.on}"
