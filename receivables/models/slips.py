"""Collection slips and the money on them (SLIP-1, SLIP-2, SLIP-4)."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from core.append_only import AppendOnly
from core.money import ZERO, MoneyField
from orders.models import Order
from receivables.querysets.owned import MoneyQuerySet, PaymentQuerySet
from receivables.querysets.slips import SlipQuerySet


class Slip(models.Model):
    """A collection slip 收款账单: for one order and an amount due (SLIP-1)."""

    slip_no = models.CharField(_("slip no."), max_length=32, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="slips", verbose_name=_("order"))
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="slips", verbose_name=_("salesperson")
    )
    issued_at = models.DateTimeField(_("issued at"))
    amount_due = MoneyField(_("amount due"))
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    # From when the money handed in is all that was due; empty while it is not. The database keeps
    # it (models/covering.py, adr/0020), nobody else.
    covered_at = models.DateTimeField(_("covered since"), null=True, blank=True, editable=False)
    # Made by the sitting it was issued in: a line sent twice is issued once.
    token = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection slip")
        verbose_name_plural = _("collection slips")
        ordering = ["slip_no"]
        indexes = [
            # The latest number, asked for by every issue (SLIP-1), among a million of them.
            models.Index(Length("slip_no").desc(), F("slip_no").desc(), name="slip_latest_number"),
            # Those of some days; with what else is asked of them, so that they are counted in it.
            models.Index(fields=["issued_at", "id", "order", "person"], name="slip_issued"),
            # Where slips stand, each state walked through from the latest on (adr/0020).
            # With what else is asked of those that are out, so that they are counted in the index.
            models.Index(
                fields=["id", "covered_at", "order", "person"],
                condition=Q(returned_at=None),
                name="slip_out",
            ),
            models.Index(
                fields=["id"], condition=Q(returned_at__isnull=False), name="slip_returned"
            ),
            models.Index(
                fields=["covered_at", "id"],
                condition=Q(returned_at=None),
                name="slip_out_covered",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount_due__gt=0), name="slip_amount_positive"),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned_at__gte=F("issued_at")),
                name="slip_returned_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return self.slip_no


class Payment(models.Model):
    """Money a customer paid on a slip, and when it reached the cashier (SLIP-2, SLIP-3).

    `undone`: how much of it came to nothing, the sum of its undoings (SLIP-6). What counts, for
    every rule and every sum, is `amount` less `undone`.
    """

    class Method(models.TextChoices):
        CASH = "cash", _("cash")
        CHEQUE = "cheque", _("cheque")
        TRANSFER = "transfer", _("transfer")

    payment_no = models.CharField(_("payment no."), max_length=32, unique=True)
    slip = models.ForeignKey(Slip, models.PROTECT, related_name="payments", verbose_name=_("slip"))
    amount = MoneyField(_("amount"))
    method = models.CharField(_("method"), max_length=10, choices=Method.choices)
    received_at = models.DateTimeField(_("received at"), db_index=True)
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, blank=True, db_index=True)
    undone = MoneyField(_("undone"), db_default=ZERO)
    cheque_no = models.CharField(_("cheque no."), max_length=32, blank=True, db_default="")
    cheque_bank = models.CharField(_("bank"), max_length=60, blank=True, db_default="")
    # Made by the phone: what a bad connection sends twice is recorded once.
    token = models.UUIDField(null=True, blank=True, unique=True)
    handover = models.ForeignKey(
        "receivables.Handover",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("handover"),
    )

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["payment_no"]
        indexes = [
            # Of those never handed in nearly all are transfers; the few others are looked for.
            models.Index(
                "received_at",
                condition=Q(handed_in_at=None) & ~Q(method="transfer"),
                name="payment_in_hand",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
            # No more comes to nothing than ever came.
            models.CheckConstraint(
                condition=Q(undone__gte=0) & Q(undone__lte=F("amount")),
                name="payment_undone_of_its_amount",
            ),
            # What was counted at the counter has reached the cashier.
            models.CheckConstraint(
                condition=Q(handover=None) | Q(handed_in_at__isnull=False),
                name="payment_of_a_handover_is_handed_in",
            ),
            # Money cannot reach the cashier before it was received.
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | Q(handed_in_at__gte=F("received_at")),
                name="payment_handed_in_after_received",
            ),
        ]

    def __str__(self) -> str:
        return self.payment_no

    @property
    def net(self) -> Decimal:
        """What counts of it, in yuan."""
        return self.amount - self.undone


class Undoing(AppendOnly):
    """Money that came to nothing: a cheque bounced 退票, or money given back (SLIP-6).

    Recorded against the payment it undoes, never changed. Money undone is money that never came:
    whatever was worked out from the payment is worked out without it from then on (adr/0017).
    """

    class Kind(models.TextChoices):
        BOUNCED = "bounced", _("bounced cheque")
        REFUND = "refund", _("refund")
        MISMATCH = "mismatch", _("bank line matched wrongly")

    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="undoings", verbose_name=_("payment")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    amount = MoneyField(_("amount"))
    on = models.DateField(_("on"))
    reason = models.TextField(_("reason"))
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    # Made by the form: sent twice, it is recorded once.
    token = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("undoing")
        verbose_name_plural = _("undoings")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="undoing_amount_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="undoing_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.kind} {self.amount}"


class Refusal(models.Model):
    """A customer asked to pay on a slip did not (SLIP-2): what the salesperson was told."""

    slip = models.ForeignKey(Slip, models.PROTECT, related_name="refusals", verbose_name=_("slip"))
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("what the customer said"))
    promised_on = models.DateField(_("promised for"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now)
    # Made by the phone: what a bad connection sends twice is recorded once.
    token = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("refusal to pay")
        verbose_name_plural = _("refusals to pay")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="refusal_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.slip_id}/{self.at:%Y-%m-%d}"


class LateHandover(models.Model):
    """A salesperson's word that the day's money comes on the next workday (SLIP-4)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="late_handovers", verbose_name=_("salesperson")
    )
    date = models.DateField(_("date"), db_index=True)
    declared_at = models.DateTimeField(_("declared at"))
    reason = models.TextField(_("reason"), blank=True)

    objects = MoneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("late handover")
        verbose_name_plural = _("late handovers")
        constraints = [
            models.UniqueConstraint(fields=["person", "date"], name="late_handover_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.date}"


class BlockLift(models.Model):
    """The manager's word that somebody gets slips on a day although money is open (SLIP-4)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="block_lifts", verbose_name=_("salesperson")
    )
    date = models.DateField(_("date"))
    reason = models.TextField(_("reason"))
    lifted_at = models.DateTimeField(_("lifted at"), default=clock.now)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )

    objects = MoneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("lifted block")
        verbose_name_plural = _("lifted blocks")
        constraints = [
            models.UniqueConstraint(fields=["person", "date"], name="blocklift_once_a_day"),
            models.CheckConstraint(condition=~Q(reason=""), name="blocklift_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.date}"
