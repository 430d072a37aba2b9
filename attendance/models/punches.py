"""Punches, and the machines they come from (ATT-1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from attendance.models.asked import Asked, Status
from attendance.visible import AskedQuerySet, AttendanceQuerySet
from core import clock


class Device(models.Model):
    """An attendance machine, or a script beside it, that pushes punches by HTTP.

    The token is shown once, when it is made; `token_sha256` is all that is kept of it.
    """

    name = models.CharField(_("name"), max_length=60, unique=True)
    place = models.CharField(_("where it stands"), max_length=120, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("attendance machine")
        verbose_name_plural = _("attendance machines")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DevicePush(models.Model):
    """One message of a machine: how many punches it brought, how many were known or refused."""

    device = models.ForeignKey(
        Device, models.PROTECT, related_name="pushes", verbose_name=_("attendance machine")
    )
    at = models.DateTimeField(_("at"), default=clock.now, db_index=True)
    new = models.PositiveIntegerField(_("new"), default=0)
    known = models.PositiveIntegerField(_("as before"), default=0)
    wrong = models.PositiveIntegerField(_("wrong"), default=0)
    reasons = models.JSONField(_("what is wrong"), default=list)
    # The earliest punch that was new: what comes late is seen at a look.
    earliest = models.DateTimeField(_("earliest punch"), null=True, blank=True)

    class Meta:
        verbose_name = _("push of a machine")
        verbose_name_plural = _("pushes of machines")

    def __str__(self) -> str:
        return f"{self.device_id}/{self.at:%F %T}"


class Punch(models.Model):
    """A punch of the clock; the day's first and last count (ATT-1).

    `at` is the server's time where it was made here. Where somebody was is kept as they allowed it.
    """

    class Source(models.TextChoices):
        FILE = "file", _("file")
        WEB = "web", _("phone or browser")
        DEVICE = "device", _("attendance machine")
        MAKE_UP = "make_up", _("made up for")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="punches", verbose_name=_("salesperson")
    )
    at = models.DateTimeField(_("at"), db_index=True)
    # What follows is not in the company's table: left alone by a load, empty without one.
    source = models.CharField(
        _("from"), max_length=8, choices=Source.choices, default="file", db_default="file"
    )
    came_at = models.DateTimeField(_("reached us"), null=True, blank=True)
    device = models.ForeignKey(
        Device,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="punches",
        verbose_name=_("attendance machine"),
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    accuracy = models.PositiveIntegerField(_("within metres"), null=True, blank=True)
    # Made by the page: a tap sent twice is one punch.
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("punch")
        verbose_name_plural = _("punches")
        constraints = [
            models.UniqueConstraint(fields=["person", "at"], name="punch_once"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="punch_place_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.at:%F %T}"

    @property
    def came_late(self) -> bool:
        """Whether it reached us on a later day than its own."""
        return bool(self.came_at and clock.local_date(self.came_at) > clock.local_date(self.at))

    @property
    def is_placeless(self) -> bool:
        """Whether it is one that could have told its place, and did not."""
        return self.source == self.Source.WEB and self.latitude is None


class MakeUpPunch(Asked):
    """A punch that was forgotten 补卡, as somebody says it was; approved, it is a punch (ATT-1)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="make_up_punches", verbose_name=_("salesperson")
    )
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PENDING
    )

    objects = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("make-up punch")
        verbose_name_plural = _("make-up punches")
        indexes = [
            # Nearly all are decided: those that wait are looked for on every desk.
            models.Index("person", condition=Q(status="pending"), name="makeup_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "at"],
                condition=Q(status__in=["pending", "approved"]),
                name="makeup_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.at:%F %T}"
