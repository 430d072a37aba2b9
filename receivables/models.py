"""Slips, the money on them, the cutoff's snapshot, the reserve and bad debts (S9 chapter 4)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.money import MoneyField
from core.months import CollectionMonth, MonthField
from orders.models import Order
from receivables.querysets.owned import (
    BadDebtQuerySet,
    LegalCostQuerySet,
    MoneyQuerySet,
    PaymentQuerySet,
)
from receivables.querysets.unpaid import UnpaidDeliveryQuerySet


class Slip(models.Model):
    """A collection slip 收款账单: for one order and an amount due (SLIP-1)."""

    slip_no = models.CharField(_("slip no."), max_length=32, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="slips", verbose_name=_("order"))
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="slips", verbose_name=_("salesperson")
    )
    issued_at = models.DateTimeField(_("issued at"), db_index=True)
    amount_due = MoneyField(_("amount due"))
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)

    objects = MoneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection slip")
        verbose_name_plural = _("collection slips")
        ordering = ["slip_no"]
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
    """Money a customer paid on a slip, and when it reached the cashier (SLIP-2, SLIP-3)."""

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
            # Money cannot reach the cashier before it was received.
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | Q(handed_in_at__gte=F("received_at")),
                name="payment_handed_in_after_received",
            ),
        ]

    def __str__(self) -> str:
        return self.payment_no


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


class CutoffMonth(models.Model):
    """A collection month whose cutoff has passed: its boundaries stay as taken down (TIME-3)."""

    month = MonthField(_("month"), unique=True)
    after = models.DateTimeField(_("after"))
    cutoff = models.DateTimeField(_("cutoff"))

    class Meta:
        verbose_name = _("collection month")
        verbose_name_plural = _("collection months")
        constraints = [
            models.CheckConstraint(
                condition=Q(after__lt=F("cutoff")), name="cutoffmonth_has_a_length"
            ),
        ]

    def __str__(self) -> str:
        return str(self.month)

    @property
    def bounds(self) -> CollectionMonth:
        return CollectionMonth(self.month, after=self.after, cutoff=self.cutoff)


class CutoffSnapshot(models.Model):
    """One salesperson's money and slips at the cutoff (CUT-1)."""

    month = MonthField(_("month"), db_index=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="cutoffs", verbose_name=_("salesperson")
    )
    handed_in = MoneyField(_("handed in"))
    in_hand = MoneyField(_("in hand"))
    slips_held = models.PositiveIntegerField(_("slips held"))

    objects = MoneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("cutoff snapshot")
        verbose_name_plural = _("cutoff snapshots")
        constraints = [
            models.UniqueConstraint(fields=["month", "person"], name="snapshot_once"),
            models.CheckConstraint(
                condition=Q(handed_in__gte=0) & Q(in_hand__gte=0), name="snapshot_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month}/{self.person_id}"


class ReserveOpening(models.Model):
    """A salesperson's reserve when these books began (RES-1)."""

    person = models.OneToOneField(
        Person, models.PROTECT, related_name="reserve_opening", verbose_name=_("salesperson")
    )
    as_of = models.DateField(_("as of"))
    balance = MoneyField(_("balance"))

    objects = MoneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reserve opening")
        verbose_name_plural = _("reserve openings")

    def __str__(self) -> str:
        return f"{self.person_id}/{self.as_of}"


class BadDebt(models.Model):
    """A bad-debt case, from its opening to recovered or dead (RES-3)."""

    class Outcome(models.TextChoices):
        RECOVERED = "recovered", _("recovered")
        DEAD = "dead", _("dead")

    case_no = models.CharField(_("case no."), max_length=32, unique=True)
    order = models.ForeignKey(
        Order, models.PROTECT, related_name="bad_debts", verbose_name=_("order")
    )
    opened_on = models.DateField(_("opened on"))
    outcome = models.CharField(_("outcome"), max_length=10, blank=True, choices=Outcome.choices)
    outcome_on = models.DateField(_("outcome on"), null=True, blank=True)

    objects = BadDebtQuerySet.as_manager()

    class Meta:
        verbose_name = _("bad-debt case")
        verbose_name_plural = _("bad-debt cases")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on=None)
                | (~Q(outcome="") & Q(outcome_on__gte=F("opened_on"))),
                name="baddebt_outcome_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.case_no


class LegalCost(models.Model):
    """A cost of suing for a bad debt, as it arises (RES-4)."""

    case = models.ForeignKey(BadDebt, models.PROTECT, related_name="costs", verbose_name=_("case"))
    incurred_on = models.DateField(_("incurred on"))
    amount = MoneyField(_("amount"))

    objects = LegalCostQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal cost")
        verbose_name_plural = _("legal costs")
        constraints = [
            models.UniqueConstraint(fields=["case", "incurred_on"], name="legalcost_once_a_day"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="legalcost_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.incurred_on}"


class UnpaidDelivery(models.Model):
    """A delivery not paid on its own day, as the daily job finds it: open until settled (DUE-1).

    No fact of its own: it converges with deliveries and money (`unpaid_converge`). It names the
    delivery by order and day, so that it can be settled when the delivery itself is gone.
    """

    order = models.ForeignKey(
        Order,
        models.PROTECT,
        related_name="unpaid_deliveries",
        verbose_name=_("order"),
        db_index=False,  # the constraint below begins with it
    )
    delivered_on = models.DateField(_("delivered on"))
    amount = MoneyField(_("amount"))
    unpaid = MoneyField(_("unpaid"))
    reminded_on = models.DateField(_("last reminded on"), null=True, blank=True)
    escalated_on = models.DateField(_("escalated on"), null=True, blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)

    objects = UnpaidDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("unpaid delivery")
        verbose_name_plural = _("unpaid deliveries")
        ordering = ["delivered_on", "order_id"]
        indexes = [
            # Of all that was ever unpaid the pages look at what still is.
            models.Index("delivered_on", condition=Q(settled_on=None), name="unpaid_open"),
        ]
        constraints = [
            # Two workers at once cannot remind of one delivery twice.
            models.UniqueConstraint(fields=["order", "delivered_on"], name="unpaid_once"),
            models.CheckConstraint(
                condition=Q(unpaid__gte=0) & Q(unpaid__lte=F("amount")), name="unpaid_of_its_amount"
            ),
            # Something is owed and reminded of as long as it is open, and not a day longer. Said
            # of NULL as well: what a constraint cannot tell, it lets pass.
            models.CheckConstraint(
                condition=Q(
                    settled_on=None,
                    unpaid__gt=0,
                    reminded_on__isnull=False,
                    reminded_on__gt=F("delivered_on"),
                )
                | Q(
                    settled_on__isnull=False,
                    settled_on__gte=F("delivered_on"),
                    unpaid=0,
                    reminded_on=None,
                ),
                name="unpaid_open_or_settled",
            ),
            models.CheckConstraint(
                condition=Q(escalated_on=None) | Q(escalated_on__gt=F("delivered_on")),
                name="unpaid_escalated_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.delivered_on}"
