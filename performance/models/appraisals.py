"""The appraisal of a person's quarter (KPI-1)."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from performance.querysets import AppraisalQuerySet
from performance.rules.appraisal import Indicator, adjusted
from performance.rules.periods import Period

MOST_POINTS = 20


class Appraisal(models.Model):
    """What a quarter came to, what the manager added and why, and what the person says to it.

    `indicators`: each with its weight, score and the figures it was reckoned from, as they were
    then; a draft is reckoned again, what was told is not. `computed` is the score of the data,
    `score` the same with the manager's points; empty where nothing had data.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("appraisal", "draft")
        TOLD = "told", pgettext_lazy("appraisal", "told")
        ACKNOWLEDGED = "acknowledged", pgettext_lazy("appraisal", "acknowledged")
        OBJECTED = "objected", pgettext_lazy("appraisal", "objected to")
        DECIDED = "decided", pgettext_lazy("appraisal", "objection decided")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="appraisals", verbose_name=_("salesperson")
    )
    quarter = models.CharField(_("quarter"), max_length=7)
    indicators = models.JSONField(_("indicators"), default=list)
    computed = models.DecimalField(
        _("score of the data"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    score = models.DecimalField(_("score"), max_digits=4, decimal_places=1, null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=1, blank=True)
    computed_at = models.DateTimeField(_("reckoned"), default=clock.now)
    points = models.SmallIntegerField(_("points added"), default=0)
    points_reason = models.TextField(_("why"), blank=True)
    points_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by"),
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    talk = models.TextField(_("what was talked about"), blank=True)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("told by"),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    objection = models.TextField(_("objection"), blank=True)
    reply = models.TextField(_("decision on the objection"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    version = models.PositiveIntegerField(default=0)

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = _("appraisal")
        verbose_name_plural = _("appraisals")
        ordering = ["-quarter", "person"]
        indexes = [models.Index(fields=["quarter", "state"], name="appraisal_quarter")]
        constraints = [
            models.UniqueConstraint(fields=["person", "quarter"], name="appraisal_once"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=100),
                name="appraisal_0_to_100",
            ),
            models.CheckConstraint(
                condition=Q(points__gte=-MOST_POINTS, points__lte=MOST_POINTS),
                name="appraisal_points_bounded",
            ),
            # Points come with their reason and whose they are.
            models.CheckConstraint(
                condition=Q(points=0) | (~Q(points_reason="") & Q(points_by__isnull=False)),
                name="appraisal_points_have_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", told_at=None)
                | (~Q(state="draft") & Q(told_at__isnull=False, told_by__isnull=False)),
                name="appraisal_told_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["objected", "decided"]) | ~Q(objection=""),
                name="appraisal_objection_is_said",
            ),
            models.CheckConstraint(
                condition=Q(state="decided", decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(reply="")
                | (~Q(state="decided") & Q(decided_at=None, reply="")),
                name="appraisal_decision_has_reason",
            ),
            # Decided by somebody else than who told it.
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("told_by")),
                name="appraisal_decided_by_another",
            ),
        ]

    if TYPE_CHECKING:
        person_id: int
        points_by_id: int | None
        told_by_id: int | None

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def span(self) -> Period:
        return Period.parse(self.quarter)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be said to it."""
        return self.state in (self.State.ACKNOWLEDGED, self.State.DECIDED)

    @property
    def told(self) -> list[Indicator]:
        """The indicators as they were reckoned."""
        return [
            Indicator(
                each["key"],
                each["weight"],
                None if each["score"] is None else Decimal(each["score"]),
                each["figures"],
            )
            for each in self.indicators
        ]

    def with_points(self, points: int) -> Decimal | None:
        """The score with so many points on top of the data's."""
        return adjusted(self.computed, points)
