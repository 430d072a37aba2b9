"""What was delivered for an order, and what came back of it (ORD-1, SLIP-6)."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.append_only import AppendOnly
from core.money import ZERO, MoneyField
from orders.models.orders import Order
from orders.querysets import DeliveryQuerySet


class Delivery(models.Model):
    """Goods delivered for an order: what is owed from then on.

    `returned`: the value of what came back, the sum of its returns (SLIP-6). What counts, for
    every rule and every sum, is `amount` less `returned`.
    """

    order = models.ForeignKey(
        Order, models.PROTECT, related_name="deliveries", verbose_name=_("order")
    )
    delivered_on = models.DateField(_("delivered on"))
    amount = MoneyField(_("amount"))
    returned = MoneyField(_("returned"), db_default=ZERO)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["order", "delivered_on"], name="delivery_once_a_day"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="delivery_amount_not_negative"),
            # No more comes back than went out.
            models.CheckConstraint(
                condition=Q(returned__gte=0) & Q(returned__lte=F("amount")),
                name="delivery_returned_of_its_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.delivered_on}"

    @property
    def net(self) -> Decimal:
        """What counts of it, in yuan."""
        return self.amount - self.returned


class GoodsReturn(AppendOnly):
    """Delivered goods that came back 退货: recorded against the delivery, for good (SLIP-6)."""

    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="returns", verbose_name=_("delivery")
    )
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
        verbose_name = _("goods returned")
        verbose_name_plural = _("goods returned")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="goodsreturn_amount_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="goodsreturn_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.amount}"
