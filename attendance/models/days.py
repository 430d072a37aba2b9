"""What explains a day: excuses, outings, outages (ATT-1, ATT-6)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from attendance.models.asked import Asked, Status
from attendance.visible import AskedQuerySet
from core import clock
from customers.models import Customer


class Side(models.TextChoices):
    IN = "in", _("coming in")
    OUT = "out", _("going out")


class Half(models.TextChoices):
    AM = "am", _("morning")
    PM = "pm", _("afternoon")


class Excuse(Asked):
    """An explanation for one side of a day; accepted, it excuses that side's incident (ATT-1)."""

    class State(models.TextChoices):
        PENDING = "pending", _("pending")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="excuses", verbose_name=_("salesperson")
    )
    date = models.DateField(_("date"), db_index=True)
    side = models.CharField(_("side"), max_length=3, choices=Side.choices)
    status = models.CharField(_("status"), max_length=10, choices=State.choices)
    reason = models.TextField(_("reason"), blank=True)

    objects = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("excuse")
        verbose_name_plural = _("excuses")
        indexes = [
            models.Index("person", condition=Q(status="pending"), name="excuse_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "date", "side"], name="excuse_once_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.date}/{self.side}"


class Outing(Asked):
    """Straight to or from a customer 外出: said beforehand; approved, its hours count as worked
    (ATT-6). Within one day of the company's clock.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="outings", verbose_name=_("salesperson")
    )
    start_at = models.DateTimeField(_("from"))
    end_at = models.DateTimeField(_("until"), db_index=True)
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outings",
        verbose_name=_("customer"),
    )
    whom = models.CharField(_("whom"), max_length=120, blank=True, default="", db_default="")
    purpose = models.TextField(_("purpose"), blank=True, default="", db_default="")
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)

    objects = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("outing")
        verbose_name_plural = _("outings")
        indexes = [
            models.Index("person", condition=Q(status="pending"), name="outing_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "start_at"], name="outing_once"),
            models.CheckConstraint(
                condition=Q(end_at__gt=F("start_at")), name="outing_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.start_at:%F %T}"


class Outage(models.Model):
    """A machine or network that did not work: excused for all it touched, in one decision (ATT-6).

    It touches a side of a day where its hours cover the instant that side was due at. `team` says
    whom alone it touched; empty: everybody. Taken back, it excuses nothing.
    """

    start_at = models.DateTimeField(_("from"))
    end_at = models.DateTimeField(_("until"), db_index=True)
    team = models.CharField(_("team"), max_length=60, blank=True)
    reason = models.TextField(_("reason"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), default=clock.now)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    taken_back_why = models.TextField(_("why it was taken back"), blank=True)
    token = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("outage")
        verbose_name_plural = _("outages")
        constraints = [
            models.CheckConstraint(
                condition=Q(end_at__gt=F("start_at")), name="outage_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start_at:%F %T}"
