"""Orders and their deliveries (ORD-1)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.money import MoneyField
from customers.models import Customer
from orders.querysets import DeliveryQuerySet, OrderQuerySet


class Order(models.Model):
    """An order 签单; signed or not yet."""

    order_no = models.CharField(_("order no."), max_length=32, unique=True)
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="orders", verbose_name=_("customer")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="orders", verbose_name=_("salesperson")
    )
    amount = MoneyField(_("amount"))
    signed_on = models.DateField(_("signed on"), null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["order_no"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="order_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return self.order_no


class Delivery(models.Model):
    """Goods delivered for an order: what is owed from then on."""

    order = models.ForeignKey(
        Order, models.PROTECT, related_name="deliveries", verbose_name=_("order")
    )
    delivered_on = models.DateField(_("delivered on"))
    amount = MoneyField(_("amount"))

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["order", "delivered_on"], name="delivery_once_a_day"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="delivery_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.delivered_on}"
