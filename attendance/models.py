"""Punches and what explains them, leave, trips, the cash paid for fines (ATT, LEA, TRIP)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from attendance.visible import AttendanceQuerySet, FinePaymentQuerySet
from core.money import MoneyField
from core.months import MonthField


class Side(models.TextChoices):
    IN = "in", _("coming in")
    OUT = "out", _("going out")


class Half(models.TextChoices):
    AM = "am", _("morning")
    PM = "pm", _("afternoon")


class Status(models.TextChoices):
    PENDING = "pending", _("pending")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    CANCELLED = "cancelled", _("cancelled")


class Punch(models.Model):
    """A punch of the clock; the day's first and last count (ATT-1)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="punches", verbose_name=_("salesperson")
    )
    at = models.DateTimeField(_("at"), db_index=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("punch")
        verbose_name_plural = _("punches")
        constraints = [models.UniqueConstraint(fields=["person", "at"], name="punch_once")]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.at:%F %T}"


class Excuse(models.Model):
    """An explanation for one side of a day; accepted, it excuses that side's incident (ATT-1)."""

    class State(models.TextChoices):
        PENDING = "pending", _("pending")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="excuses", verbose_name=_("salesperson")
    )
    date = models.DateField(_("date"), db_index=True)
    side = models.CharField(_("side"), max_length=3, choices=Side.choices)
    status = models.CharField(_("status"), max_length=10, choices=State.choices)
    reason = models.TextField(_("reason"), blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("excuse")
        verbose_name_plural = _("excuses")
        constraints = [
            models.UniqueConstraint(fields=["person", "date", "side"], name="excuse_once_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.date}/{self.side}"


class FinePayment(models.Model):
    """A late or early fine paid in cash to the manager (ATT-2)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="fine_payments", verbose_name=_("salesperson")
    )
    date = models.DateField(_("date"), db_index=True)
    side = models.CharField(_("side"), max_length=3, choices=Side.choices)
    paid_at = models.DateTimeField(_("paid at"))

    objects = FinePaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("fine paid in cash")
        verbose_name_plural = _("fines paid in cash")
        constraints = [
            models.UniqueConstraint(fields=["person", "date", "side"], name="fine_paid_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.date}/{self.side}"


class LeaveType(models.Model):
    """A leave type of the company's own (LEA-4), or its word on one of the regulation's."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=60)
    pay_rate = models.DecimalField(_("pay rate"), max_digits=7, decimal_places=6)
    evidence_needed = models.BooleanField(_("evidence needed"), default=False)
    monthly_cap_days = models.DecimalField(
        _("days a month at most"), max_digits=4, decimal_places=1, null=True, blank=True
    )

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


class Leave(models.Model):
    """A leave request, in units of half a day (LEA-1)."""

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

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
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


class Trip(models.Model):
    """A business trip; approved, its days are attended days (TRIP-1)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="trips", verbose_name=_("salesperson")
    )
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("to"), db_index=True)
    purpose = models.TextField(_("purpose"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("trip")
        verbose_name_plural = _("trips")
        constraints = [
            models.UniqueConstraint(fields=["person", "start_on"], name="trip_once"),
            models.CheckConstraint(
                condition=Q(end_on__gte=F("start_on")), name="trip_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.start_on}"


class TripReport(models.Model):
    """The report of one trip day (TRIP-2)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="trip_reports", verbose_name=_("salesperson")
    )
    date = models.DateField(_("date"))
    reported_at = models.DateTimeField(_("reported at"))

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("trip report")
        verbose_name_plural = _("trip reports")
        constraints = [
            models.UniqueConstraint(fields=["person", "date"], name="trip_report_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.date}"


class PoolOpening(models.Model):
    """What the pool of fines carries into a month, as the company says (ATT-3)."""

    month = MonthField(_("month"), unique=True)
    amount = MoneyField(_("amount"))

    class Meta:
        verbose_name = _("pool opening")
        verbose_name_plural = _("pool openings")

    def __str__(self) -> str:
        return str(self.month)
