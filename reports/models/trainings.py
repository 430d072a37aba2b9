"""Trainings: the plan, who enrolled, who came, what came of it (TRAIN-1)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from reports.querysets import OfTeamQuerySet, ReportsQuerySet


class Training(models.Model):
    """A training 培训: planned, held, or called off."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("meeting", "planned")
        HELD = "held", pgettext_lazy("meeting", "held")
        CALLED_OFF = "called_off", pgettext_lazy("meeting", "called off")

    title = models.CharField(_("title"), max_length=120)
    topic = models.TextField(_("what it is about"), blank=True)
    trainer = models.CharField(_("trainer"), max_length=80, blank=True)
    team = models.CharField(_("team"), max_length=60, blank=True)
    starts_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("where"), max_length=120, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    compulsory = models.BooleanField(_("for everybody"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    called_off_why = models.CharField(_("why it was called off"), max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("planned by")
    )
    version = models.PositiveIntegerField(default=0)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = OfTeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        ordering = ["-starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="training_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state="called_off", called_off_why=""), name="training_off_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether places can be taken and given back."""
        return self.state == self.State.PLANNED and self.starts_at > clock.now()


class Enrolment(models.Model):
    """Somebody's place in a training, whether they came, and with what result."""

    class Result(models.TextChoices):
        PASSED = "passed", _("passed")
        FAILED = "failed", _("not passed")

    training = models.ForeignKey(
        Training, models.PROTECT, related_name="enrolments", verbose_name=_("training")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="trainings", verbose_name=_("who")
    )
    enrolled_at = models.DateTimeField(_("enrolled"), default=clock.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    attended = models.BooleanField(_("came"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=6, blank=True, choices=Result.choices)
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = ReportsQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(fields=["training", "person"], name="enrolment_once"),
            models.CheckConstraint(
                condition=Q(result="") | Q(attended=True), name="enrolment_result_of_who_came"
            ),
        ]

    if TYPE_CHECKING:
        training_id: int
        person_id: int

    def __str__(self) -> str:
        return f"{self.training_id}/{self.person_id}"

    @property
    def standing(self) -> str:
        """How it stands, for a badge: by result, else whether they came."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.result:
            return self.result
        return {None: "enrolled", True: "present", False: "absent"}[self.attended]
