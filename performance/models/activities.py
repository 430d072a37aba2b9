"""Sales activities: planned, approved, carried out, attended, what came of them (PLAN-1)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from core.money import MoneyField
from performance.querysets import ActivityQuerySet, OfActivityQuerySet


class Activity(models.Model):
    """A sales activity 销售活动, from its plan to its result (PLAN-1, S8.6)."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("activity", "waits for approval")
        APPROVED = "approved", pgettext_lazy("activity", "approved")
        REFUSED = "refused", pgettext_lazy("activity", "refused")
        HELD = "held", pgettext_lazy("activity", "carried out")
        CALLED_OFF = "called_off", pgettext_lazy("activity", "called off")

    title = models.CharField(_("activity"), max_length=80)
    plan = models.TextField(_("what is planned"))
    team = models.CharField(_("team"), max_length=60, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"), db_index=True)
    ends_on = models.DateField(_("to"))
    cost = MoneyField(_("cost expected"), null=True, blank=True)  # type: ignore[misc]
    planner = models.ForeignKey(
        Person, models.PROTECT, related_name="activities_planned", verbose_name=_("planned by")
    )
    planned_at = models.DateTimeField(_("planned"), default=clock.now)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    decision = models.TextField(_("word on the plan"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    result = models.TextField(_("what came of it"), blank=True)
    version = models.PositiveIntegerField(default=0)
    token = models.UUIDField(unique=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="activity_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0), name="activity_cost_not_negative"
            ),
            # Nothing is carried out that nobody approved, and what was has its result.
            models.CheckConstraint(
                condition=Q(state__in=["asked", "called_off"])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="activity_decided_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | ~Q(result=""), name="activity_held_has_result"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "called_off"]) | ~Q(decision=""),
                name="activity_refusal_has_reason",
            ),
        ]

    if TYPE_CHECKING:
        planner_id: int

    def __str__(self) -> str:
        return str(self.pk)


class ActivityPlace(models.Model):
    """Somebody who takes part in an activity, and whether they came."""

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="places", verbose_name=_("activity")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="activities", verbose_name=_("who")
    )
    attended = models.BooleanField(_("came"), null=True, blank=True)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in an activity")
        verbose_name_plural = _("places in activities")
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="activity_place_once"),
        ]

    if TYPE_CHECKING:
        person_id: int

    def __str__(self) -> str:
        return f"{self.activity_id}/{self.person_id}"
