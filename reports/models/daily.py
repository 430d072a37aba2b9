"""What the morning meeting collects: today's plans, the problems of the learning log (MEET-1)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from reports.querysets import ReportsQuerySet

if TYPE_CHECKING:
    from reports.models.meetings import Meeting  # noqa: F401  # named in quotes below


class DayPlan(models.Model):
    """What somebody means to do on a day, as told in the morning (PLAN-2)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="day_plans", verbose_name=_("salesperson")
    )
    date = models.DateField(_("date"), db_index=True)
    text = models.TextField(_("plan"))
    written_at = models.DateTimeField(_("written"), default=clock.now)
    version = models.PositiveIntegerField(default=0)

    objects = ReportsQuerySet.as_manager()

    class Meta:
        verbose_name = _("day plan")
        verbose_name_plural = _("day plans")
        constraints = [
            models.UniqueConstraint(fields=["person", "date"], name="day_plan_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.date}"


class Learning(models.Model):
    """A problem met on the road, written into the learning log 学习日志 (S4.8): the next morning
    meeting or Saturday summary talks about it.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="learnings", verbose_name=_("salesperson")
    )
    text = models.TextField(_("problem"))
    written_at = models.DateTimeField(_("written"), default=clock.now, db_index=True)
    answer = models.TextField(_("what the meeting said"), blank=True)
    talked_in = models.ForeignKey(
        "reports.Meeting",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="problems",
        verbose_name=_("talked about in"),
    )
    version = models.PositiveIntegerField(default=0)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = ReportsQuerySet.as_manager()

    class Meta:
        verbose_name = _("problem of the learning log")
        verbose_name_plural = _("learning log")
        ordering = ["-written_at", "-id"]
        indexes = [
            models.Index("person", condition=Q(talked_in=None), name="learning_open"),
        ]

    if TYPE_CHECKING:
        person_id: int
        talked_in_id: int | None

    def __str__(self) -> str:
        return f"{self.person_id}/{self.pk}"
