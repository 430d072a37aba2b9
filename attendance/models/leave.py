"""Leave: its types, requests with their steps, the days of reward leave (LEA-1 to LEA-5)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from attendance.models.asked import Asked, Status
from attendance.models.days import Half
from attendance.visible import AskedQuerySet, AttendanceQuerySet
from core import clock
from core.append_only import AppendOnly


class LeaveType(models.Model):
    """A leave type of the company's own (LEA-4), or its word on one of the regulation's."""

    class PastCap(models.TextChoices):
        ABSENCE = "absence", _("counts as absence")
        REFUSED = "refused", _("is not approved")

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=60)
    pay_rate = models.DecimalField(_("pay rate"), max_digits=7, decimal_places=6)
    evidence_needed = models.BooleanField(_("evidence needed"), default=False)
    monthly_cap_days = models.DecimalField(
        _("days a month at most"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    # What follows is not in the company's table: left alone by a load, empty without one.
    past_cap = models.CharField(
        _("past that"), max_length=8, choices=PastCap.choices, default="absence",
        db_default="absence",
    )  # fmt: skip
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = _("leave type")
        verbose_name_plural = _("leave types")
        constraints = [
            models.CheckConstraint(
                condition=Q(pay_rate__gte=0) & Q(pay_rate__lte=1), name="leavetype_rate_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Leave(Asked):
    """A leave request, in units of half a day (LEA-1).

    `evidence` names what a file of the company's says; files sent here are of the kind `leave`,
    and named there too. `steps_needed`: how many have to approve, one after the other.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="leaves", verbose_name=_("salesperson")
    )
    type = models.CharField(_("type"), max_length=32)
    start_on = models.DateField(_("from"))
    start_half = models.CharField(_("from half"), max_length=2, choices=Half.choices)
    end_on = models.DateField(_("to"), db_index=True)
    end_half = models.CharField(_("to half"), max_length=2, choices=Half.choices)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    special_case = models.BooleanField(_("special case"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    steps_needed = models.PositiveSmallIntegerField(default=1, db_default=1)

    objects = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        indexes = [
            models.Index("person", condition=Q(status="pending"), name="leave_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "type", "start_on", "start_half"], name="leave_once"
            ),
            models.CheckConstraint(
                condition=Q(end_on__gte=F("start_on")), name="leave_ends_after_start"
            ),
            # LEA-2: sick leave cannot be approved without its medical record.
            models.CheckConstraint(
                name="leave_sick_has_record",
                condition=~Q(type="sick", status="approved", evidence=""),
            ),
            # LEA-1: a special case rests on a written explanation.
            models.CheckConstraint(
                name="leave_special_case_has_reason",
                condition=~Q(special_case=True, status="approved", reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.type}/{self.start_on}/{self.start_half}"


class LeaveStep(AppendOnly):
    """One word on a request for leave: who approved it on its way, or refused it. Never changed."""

    leave = models.ForeignKey(Leave, models.PROTECT, related_name="steps", verbose_name=_("leave"))
    step = models.PositiveSmallIntegerField(_("step"))
    # The version of the request it is about: asked again, the steps begin anew.
    of_version = models.PositiveIntegerField()
    approved = models.BooleanField(_("approved"))
    special_case = models.BooleanField(_("special case"), default=False)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )

    class Meta:
        verbose_name = _("word on a leave")
        verbose_name_plural = _("words on leaves")
        constraints = [
            models.UniqueConstraint(fields=["leave", "step", "of_version"], name="leavestep_once"),
        ]

    def __str__(self) -> str:
        return f"{self.leave_id}/{self.step}"


class RewardGrant(models.Model):
    """Days of reward leave 优待假 given to somebody, to be used by a day (LEA-3)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="reward_grants", verbose_name=_("salesperson")
    )
    days = models.DecimalField(_("days"), max_digits=4, decimal_places=1)
    granted_on = models.DateField(_("given on"))
    use_by = models.DateField(_("to be used by"))
    reason = models.TextField(_("reason"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("given by"),
    )
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    taken_back_why = models.TextField(_("why it was taken back"), blank=True)
    # Made by the form: sent twice, they are given once.
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("days of reward leave")
        verbose_name_plural = _("days of reward leave")
        constraints = [
            models.CheckConstraint(condition=Q(days__gt=0), name="rewardgrant_days_positive"),
            models.CheckConstraint(
                condition=Q(use_by__gte=F("granted_on")), name="rewardgrant_used_after_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.granted_on}/{self.days}"
