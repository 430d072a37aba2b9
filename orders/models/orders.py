"""Orders (ORD-1), and the gross margin they may carry (ORD-2)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.money import MoneyField
from customers.models import Customer, Project
from orders.querysets import OrderQuerySet
from orders.rules import margin_rate


class Order(models.Model):
    """An order 签单; signed or not yet.

    `person`: the salesperson of today; who it was before stands in its transfers. `margin`: the
    gross margin in yuan, below nothing where it sells at a loss; None where nobody said.
    """

    order_no = models.CharField(_("order no."), max_length=32, unique=True)
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="orders", verbose_name=_("customer")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="orders", verbose_name=_("salesperson")
    )
    amount = MoneyField(_("amount"))
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    terms = models.TextField(_("terms"), blank=True, db_default="")
    # The registered project it came of, if it came of one (CUS-4).
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name=_("project"),
    )
    margin = MoneyField(_("gross margin"), null=True, blank=True)  # type: ignore[misc]
    # Made by the form: sent twice, it is one order. Loaded from a file it has none.
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["order_no"]
        indexes = [
            # The latest number, from which the next one follows.
            models.Index(
                Length("order_no").desc(), F("order_no").desc(), name="order_latest_number"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="order_amount_not_negative"),
            # Nobody earns more on an order than it brings.
            models.CheckConstraint(
                condition=Q(margin=None) | Q(margin__lte=F("amount")),
                name="order_margin_of_its_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.order_no

    @property
    def margin_rate(self) -> Decimal | None:
        """The margin as a share of the amount; None where there is none to tell."""
        return margin_rate(self.amount, self.margin)
