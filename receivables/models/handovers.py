"""The evening at the cashier's counter: money counted, slips agreed, the day signed (SLIP-3)."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from core.money import MoneyField
from receivables.querysets.owned import (
    DiscrepancyQuerySet,
    MoneyQuerySet,
    SlipCountQuerySet,
)


class DaySheet(models.Model):
    """What the cashier counted on a day, closed by the cashier and signed off by finance.

    Numbered without gaps. Handovers that come after it was closed stand on the next one.
    """

    sheet_no = models.CharField(_("sheet no."), max_length=32, unique=True)
    date = models.DateField(_("date"), db_index=True)
    cash = MoneyField(_("cash counted"))
    cheques = MoneyField(_("cheques"))
    closed_at = models.DateTimeField(_("closed at"), default=clock.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    signed_at = models.DateTimeField(_("signed off at"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed off by"),
    )

    class Meta:
        verbose_name = _("day sheet")
        verbose_name_plural = _("day sheets")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cash__gte=0) & Q(cheques__gte=0), name="daysheet_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(signed_at__gte=F("closed_at")),
                name="daysheet_signed_after_closing",
            ),
            # Four eyes: who counted does not sign for it.
            models.CheckConstraint(
                condition=Q(signed_by=None) | Q(closed_by=None) | ~Q(signed_by=F("closed_by")),
                name="daysheet_signed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.sheet_no


class Handover(models.Model):
    """Money one salesperson brought to the counter at once (SLIP-3).

    `recorded`: the cash on the payments handed in with it; `cash`: what was counted. The cheques
    are ticked off one by one: those that were not there are not handed in. Where missing cash is
    brought later there are no payments, and `recorded` is what was missing.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="counter_handovers", verbose_name=_("salesperson")
    )
    counted_at = models.DateTimeField(_("counted at"), db_index=True)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("counted by"),
    )
    recorded = MoneyField(_("cash recorded"))
    cash = MoneyField(_("cash counted"))
    cheques = MoneyField(_("cheques"))
    # Of each note and coin how many: {"100": 12, "0.5": 1}.
    denominations = models.JSONField(_("denominations"), default=dict)
    # Made by the form: sent twice, it is counted once.
    token = models.UUIDField(unique=True)
    sheet = models.ForeignKey(
        DaySheet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handovers",
        verbose_name=_("day sheet"),
    )

    objects = MoneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded__gte=0) & Q(cash__gte=0) & Q(cheques__gte=0),
                name="handover_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.counted_at:%Y-%m-%d %H:%M}"

    @property
    def difference(self) -> Decimal:
        """Counted less recorded, in yuan: below nothing, cash is missing."""
        return self.cash - self.recorded


class Discrepancy(models.Model):
    """Cash counted that is not the cash recorded; blocks new slips until finance settles it."""

    class State(models.TextChoices):
        OPEN = "open", _("to be explained")
        EXPLAINED = "explained", _("explained")
        SETTLED = "settled", _("settled")

    class Settlement(models.TextChoices):
        MADE_GOOD = "made_good", _("the missing cash was brought")
        RECORDED_WRONG = "recorded_wrong", _("the payment was recorded wrong and is corrected")
        GIVEN_BACK = "given_back", _("the surplus was given back")
        BORNE = "borne", _("borne by the company")

    handover = models.OneToOneField(
        Handover, models.PROTECT, related_name="discrepancy", verbose_name=_("handover")
    )
    amount = MoneyField(_("difference"))
    # The missing cash, counted when it came: a handover without payments.
    brought = models.OneToOneField(
        Handover,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="makes_good",
        verbose_name=_("missing cash counted"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    explanation = models.TextField(_("explanation"), blank=True)
    explained_at = models.DateTimeField(_("explained at"), null=True, blank=True)
    settlement = models.CharField(
        _("how it was settled"), max_length=20, blank=True, choices=Settlement.choices
    )
    note = models.TextField(_("note"), blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )
    # Counts the changes: who settles what was explained anew meanwhile is told.
    version = models.PositiveIntegerField(default=0)

    objects = DiscrepancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("discrepancy")
        verbose_name_plural = _("discrepancies")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="discrepancy_is_a_difference"),
            # Only what is missing can be brought, and only what was brought is made good.
            models.CheckConstraint(
                condition=Q(brought=None) & ~Q(settlement="made_good")
                | Q(brought__isnull=False, amount__lt=0, settlement__in=("", "made_good")),
                name="discrepancy_made_good_with_cash",
            ),
            models.CheckConstraint(
                name="discrepancy_settled_with_its_way",
                condition=Q(state="settled", settled_at__isnull=False) & ~Q(settlement="")
                | Q(state__in=("open", "explained"), settled_at=None, settlement=""),
            ),
            models.CheckConstraint(
                name="discrepancy_explained_in_words",
                condition=~Q(state="explained") | ~Q(explanation=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id} {self.amount}"


class SlipCount(models.Model):
    """The slips somebody still holds, agreed by number between finance and the salesperson.

    `before + issued − settled − returned = held` (SLIP-3), each a list of slip numbers; `missing`
    are those that should be held and were not shown. Finance counts, the salesperson confirms.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="slip_counts", verbose_name=_("salesperson")
    )
    counted_at = models.DateTimeField(_("counted at"), default=clock.now)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("counted by"),
    )
    before = models.JSONField(_("held before"), default=list)
    issued = models.JSONField(_("issued"), default=list)
    settled = models.JSONField(_("settled"), default=list)
    returned = models.JSONField(_("returned"), default=list)
    held = models.JSONField(_("held now"), default=list)
    missing = models.JSONField(_("missing"), default=list)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = SlipCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("slips agreed")
        verbose_name_plural = _("slips agreed")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(confirmed_at__gte=F("counted_at")),
                name="slipcount_confirmed_after_counting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.counted_at:%Y-%m-%d %H:%M}"
