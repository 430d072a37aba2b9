"""What customers owe: unpaid deliveries, their IOUs, the plans to collect (IOU-1, DUE-1)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from core.money import ZERO, MoneyField
from orders.models import Delivery, Order
from receivables.querysets.owned import IouQuerySet
from receivables.querysets.plans import PlanQuerySet, StepQuerySet
from receivables.querysets.unpaid import UnpaidDeliveryQuerySet


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


class Iou(models.Model):
    """A signed receipt or IOU 签收单/借条 for a delivery not fully paid (IOU-1, S9-4.2).

    The original goes to finance, who confirms it; the copy, a scan, stays with the salesperson.
    """

    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="ious", verbose_name=_("delivery")
    )
    amount = MoneyField(_("unpaid amount"))
    signed_by = models.CharField(_("signed by"), max_length=60)
    has_seal = models.BooleanField(_("with the customer's seal"), default=False)
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    original_at = models.DateTimeField(_("original received at"), null=True, blank=True)
    original_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("original received by"),
    )
    # Made by the form: sent twice, it is recorded once.
    token = models.UUIDField(unique=True)

    objects = IouQuerySet.as_manager()

    class Meta:
        verbose_name = _("IOU")
        verbose_name_plural = _("IOUs")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="iou_amount_positive"),
            models.CheckConstraint(condition=~Q(signed_by=""), name="iou_is_signed"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.amount}"


class CollectionPlan(models.Model):
    """How an overdue delivery is to be collected, agreed by supervisor and salesperson (DUE-1).

    Written by one of the two and agreed by the other; while it is not, or is broken, the delivery
    stays on the supervisor's desk. A new plan replaces the one before.
    """

    unpaid = models.ForeignKey(
        UnpaidDelivery, models.PROTECT, related_name="plans", verbose_name=_("unpaid delivery")
    )
    note = models.TextField(_("note"), blank=True)
    written_at = models.DateTimeField(_("written at"), default=clock.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agreed by"),
    )
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True)
    # Made by the form: sent twice, it is written once.
    token = models.UUIDField(unique=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection plan")
        verbose_name_plural = _("collection plans")
        ordering = ["-id"]
        constraints = [
            # One plan at a time; who writes another at the same moment is told.
            models.UniqueConstraint(
                fields=["unpaid"], name="plan_one_at_a_time", condition=Q(replaced_at=None)
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | Q(written_by=None) | ~Q(agreed_by=F("written_by")),
                name="plan_agreed_by_the_other",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unpaid_id}/{self.pk}"


class PlanStep(models.Model):
    """A promise of a collection plan: by when, what, by whom, how much is to come in."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("a promise", "open")
        KEPT = "kept", _("kept")
        BROKEN = "broken", _("broken")

    plan = models.ForeignKey(
        CollectionPlan, models.CASCADE, related_name="steps", verbose_name=_("plan")
    )
    due_on = models.DateField(_("by"))
    what = models.CharField(_("what"), max_length=200)
    who = models.ForeignKey(
        Person, models.PROTECT, related_name="plan_steps", verbose_name=_("who")
    )
    amount = MoneyField(_("to come in"), db_default=ZERO)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a plan")
        verbose_name_plural = _("steps of a plan")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index("due_on", condition=Q(state="open"), name="planstep_open"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="planstep_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(state="open", settled_on=None)
                | ~Q(state="open") & Q(settled_on__isnull=False),
                name="planstep_settled_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.due_on}"
