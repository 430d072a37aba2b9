"""What a customer disputes about an order, and how it ended (ORD-1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.money import MoneyField
from orders.models.orders import Order
from orders.querysets import DisputeQuerySet


class Dispute(models.Model):
    """A dispute 纠纷 about an order; `amount`: how much of it, where that can be said."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("dispute", "open")
        SETTLED = "settled", pgettext_lazy("dispute", "settled")

    order = models.ForeignKey(
        Order, models.PROTECT, related_name="disputes", verbose_name=_("order")
    )
    text = models.TextField(_("what is in dispute"))
    amount = MoneyField(  # type: ignore[misc]
        _("amount in dispute"), null=True, blank=True
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(_("opened at"), default=clock.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("opened by"),
    )
    # Made by the form: sent twice, it is opened once.
    token = models.UUIDField(unique=True)
    outcome = models.TextField(_("how it ended"), blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-id"]
        indexes = [
            # Asked for by every desk, and few among all there ever were.
            models.Index(fields=["order"], name="dispute_open", condition=Q(state="open")),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="dispute_says_something"),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="dispute_amount_positive"
            ),
            models.CheckConstraint(
                name="dispute_settled_with_its_outcome",
                condition=Q(state="settled", settled_on__isnull=False) & ~Q(outcome="")
                | Q(state="open", settled_on=None, outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
