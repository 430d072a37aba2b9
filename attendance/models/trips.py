"""Business trips: the application with its plan, and each day's report (TRIP-1, TRIP-2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from attendance.models.asked import Asked, Status
from attendance.visible import AskedQuerySet, AttendanceQuerySet
from customers.models import Customer


class Trip(Asked):
    """A business trip; approved, its days are attended days (TRIP-1)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="trips", verbose_name=_("salesperson")
    )
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("to"), db_index=True)
    purpose = models.TextField(_("purpose"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)

    objects = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("trip")
        verbose_name_plural = _("trips")
        indexes = [
            models.Index("person", condition=Q(status="pending"), name="trip_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "start_on"], name="trip_once"),
            models.CheckConstraint(
                condition=Q(end_on__gte=F("start_on")), name="trip_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.start_on}"


class TripDay(models.Model):
    """What somebody plans for a day of a trip (TRIP-1)."""

    trip = models.ForeignKey(Trip, models.PROTECT, related_name="days", verbose_name=_("trip"))
    date = models.DateField(_("date"))
    plan = models.TextField(_("plan"))

    class Meta:
        verbose_name = _("day of a trip")
        verbose_name_plural = _("days of trips")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["trip", "date"], name="trip_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.trip_id}/{self.date}"


class TripCustomer(models.Model):
    """A customer to be seen on a trip, telephoned beforehand or not yet (TRIP-1)."""

    trip = models.ForeignKey(Trip, models.PROTECT, related_name="customers", verbose_name=_("trip"))
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="trips", verbose_name=_("customer")
    )
    date = models.DateField(_("date"))
    telephoned = models.BooleanField(_("telephoned beforehand"), default=False)

    class Meta:
        verbose_name = _("customer of a trip")
        verbose_name_plural = _("customers of trips")
        ordering = ["date", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["trip", "customer", "date"], name="trip_customer_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trip_id}/{self.date}/{self.customer_id}"


class TripReport(models.Model):
    """The report of one trip day, and the leader's tick that it was read (TRIP-2)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="trip_reports", verbose_name=_("salesperson")
    )
    date = models.DateField(_("date"))
    reported_at = models.DateTimeField(_("reported at"))
    # What follows is not in the company's table: left alone by a load, empty without one.
    text = models.TextField(_("report"), blank=True, default="", db_default="")
    # Ticked by whoever took it by telephone, where it was told and not written.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken by"),
    )
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("read by"),
    )
    version = models.PositiveIntegerField(default=0, db_default=0)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("trip report")
        verbose_name_plural = _("trip reports")
        constraints = [
            models.UniqueConstraint(fields=["person", "date"], name="trip_report_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.date}"
