"""Invoices against money handed in (SLIP-5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import MoneyField
from orders.models import Order
from receivables.querysets.owned import InvoiceQuerySet


class Invoice(models.Model):
    """An invoice 发票 of an order: together never more than the money counted for it (SLIP-5)."""

    invoice_no = models.CharField(_("invoice no."), max_length=32, unique=True)
    order = models.ForeignKey(
        Order, models.PROTECT, related_name="invoices", verbose_name=_("order")
    )
    amount = MoneyField(_("amount"))
    issued_on = models.DateField(_("issued on"), db_index=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("issued by"),
    )
    issued_at = models.DateTimeField(_("issued at"), default=clock.now)
    # Made by the form: sent twice, it is issued once.
    token = models.UUIDField(unique=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cancelled by"),
    )
    cancel_reason = models.TextField(_("reason of cancelling"), blank=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="invoice_amount_positive"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancel_reason=""),
                name="invoice_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.invoice_no
