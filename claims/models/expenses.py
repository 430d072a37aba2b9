"""Expense claims (EXP-1 to EXP-4)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from claims.querysets import ExpenseQuerySet
from core.money import MoneyField
from orders.models import Order


class Expense(models.Model):
    """A claim for travel or meals on an order (EXP-1, EXP-2).

    `approved_on` alone decides whether it is paid: files say nothing else. Where it is empty,
    `ended` says whether the claim still waits. `version` is counted up by every change made here.
    """

    class Kind(models.TextChoices):
        TRAVEL = "travel", _("travel")
        MEAL = "meal", _("meal")

    class Ended(models.TextChoices):
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("claim", "waiting")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    claim_no = models.CharField(_("claim no."), max_length=32, unique=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="expenses", verbose_name=_("salesperson")
    )
    order = models.ForeignKey(
        Order, models.PROTECT, related_name="expenses", verbose_name=_("order")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    spent_on = models.DateField(_("spent on"))
    amount = MoneyField(_("amount"))
    approved_on = models.DateField(_("approved on"), null=True, blank=True, db_index=True)
    # What follows is not in the company's table: left alone by a load, empty without one.
    note = models.TextField(_("note"), blank=True, default="", db_default="")
    ended = models.CharField(
        _("ended"), max_length=10, blank=True, default="", db_default="", choices=Ended.choices
    )
    filed_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reply = models.TextField(_("reason of the decision"), blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=0, db_default=0)
    # Made by the form: sent twice, it is claimed once.
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = ExpenseQuerySet.as_manager()

    class Meta:
        verbose_name = _("expense claim")
        verbose_name_plural = _("expense claims")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="expense_not_negative"),
        ]
        indexes = [
            # Nearly all are decided: those that wait are looked for on every desk.
            models.Index("person", condition=Q(approved_on=None, ended=""), name="expense_waiting"),
        ]

    if TYPE_CHECKING:
        person_id: int
        order_id: int

    def __str__(self) -> str:
        return self.claim_no

    @property
    def state(self) -> State:
        if self.approved_on is not None:
            return self.State.APPROVED
        return self.State(self.ended) if self.ended else self.State.WAITING

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING
