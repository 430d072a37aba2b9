"""That an order may be signed although its margin is under the floor (ORD-2)."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import MoneyField
from orders.models.orders import Order
from orders.querysets import MarginRequestQuerySet
from orders.rules import margin_rate


class MarginRequest(models.Model):
    """Somebody asks that a margin be approved. It is of these very figures: an order with another
    amount or margin needs another approval."""

    class State(models.TextChoices):
        ASKED = "asked", _("waits for a decision")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    order = models.ForeignKey(
        Order, models.PROTECT, related_name="margin_requests", verbose_name=_("order")
    )
    amount = MoneyField(_("amount"))
    margin = MoneyField(_("gross margin"))
    reason = models.TextField(_("reason"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    # Made by the form: sent twice, it asks once.
    token = models.UUIDField(unique=True)
    reply = models.TextField(_("reason of the decision"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = MarginRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval of a margin")
        verbose_name_plural = _("approvals of margins")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], name="marginrequest_open_once", condition=Q(state="asked")
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & Q(margin__lte=F("amount")),
                name="marginrequest_margin_of_its_amount",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="marginrequest_has_a_reason"),
            models.CheckConstraint(
                name="marginrequest_decided_with_reason",
                condition=Q(state__in=("approved", "refused"), decided_at__isnull=False)
                & ~Q(reply="")
                | Q(state="withdrawn", decided_at__isnull=False)
                | Q(state="asked", decided_at=None, reply=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.ASKED

    @property
    def margin_rate(self) -> Decimal | None:
        return margin_rate(self.amount, self.margin)
