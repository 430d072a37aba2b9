"""An order passes from one salesperson to another (ORD-1)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from orders.models.orders import Order
from orders.querysets import TransferQuerySet


class Transfer(models.Model):
    """A transfer 转交, asked for and decided. From the instant it is approved (`decided_at`) the
    order is the new salesperson's; money counted before it stays with the one before (adr/0018).
    """

    class State(models.TextChoices):
        ASKED = "asked", _("waits for a decision")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    order = models.ForeignKey(
        Order, models.PROTECT, related_name="transfers", verbose_name=_("order")
    )
    from_person = models.ForeignKey(
        Person,
        models.PROTECT,
        related_name="transfers_from",
        verbose_name=pgettext_lazy("transfer", "From"),
    )
    to_person = models.ForeignKey(
        Person,
        models.PROTECT,
        related_name="transfers_to",
        verbose_name=pgettext_lazy("transfer", "To"),
    )
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

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("order", "transfer")
        verbose_name_plural = pgettext_lazy("order", "transfers")
        ordering = ["-id"]
        indexes = [
            # A close asks for those approved since a cutoff: few among all there ever were.
            models.Index(
                fields=["decided_at"], name="transfer_approved", condition=Q(state="approved")
            ),
        ]
        constraints = [
            # One is looked at at a time, or two would pass the order on from the same hands.
            models.UniqueConstraint(
                fields=["order"], name="transfer_open_once", condition=Q(state="asked")
            ),
            models.CheckConstraint(
                condition=~Q(from_person=F("to_person")), name="transfer_between_two"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="transfer_has_a_reason"),
            models.CheckConstraint(
                name="transfer_decided_with_reason",
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
