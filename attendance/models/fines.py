"""Fines paid in cash, the cash on its way to the cashier, the pool's opening (ATT-2, ATT-3)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from attendance.models.days import Side
from attendance.visible import FinePaymentQuerySet
from core import clock
from core.money import MoneyField
from core.months import MonthField


class FineHandover(models.Model):
    """The cash of fines that a manager hands to the cashier, who signs for it (ATT-2)."""

    amount = MoneyField(_("amount"))
    made_at = models.DateTimeField(_("handed over"), default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("handed over by"),
    )
    signed_at = models.DateTimeField(_("signed for"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed for by"),
    )
    # Made by the form: sent twice, it is handed over once.
    token = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("handover of fines")
        verbose_name_plural = _("handovers of fines")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="finehandover_positive"),
            # Who hands over does not sign for it.
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=models.F("made_by")),
                name="finehandover_signed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="finehandover_signed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class FinePayment(models.Model):
    """A late or early fine paid in cash to the manager (ATT-2).

    Given back where the fine stands no more; from then on it counts as not paid.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="fine_payments", verbose_name=_("salesperson")
    )
    date = models.DateField(_("date"), db_index=True)
    side = models.CharField(_("side"), max_length=3, choices=Side.choices)
    paid_at = models.DateTimeField(_("paid at"))
    # What follows is not in the company's table: left alone by a load, empty without one.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken by"),
    )
    handover = models.ForeignKey(
        FineHandover,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("handover of fines"),
    )
    given_back_at = models.DateTimeField(_("given back"), null=True, blank=True)
    given_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("given back by"),
    )

    objects = FinePaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("fine paid in cash")
        verbose_name_plural = _("fines paid in cash")
        constraints = [
            models.UniqueConstraint(fields=["person", "date", "side"], name="fine_paid_once"),
            models.CheckConstraint(
                condition=Q(given_back_at=None, given_back_by=None)
                | Q(given_back_at__isnull=False, given_back_by__isnull=False),
                name="fine_given_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.date}/{self.side}"


class PoolOpening(models.Model):
    """What the pool of fines carries into a month, as the company says (ATT-3)."""

    month = MonthField(_("month"), unique=True)
    amount = MoneyField(_("amount"))

    class Meta:
        verbose_name = _("pool opening")
        verbose_name_plural = _("pool openings")

    def __str__(self) -> str:
        return str(self.month)
