"""Expense claims, demo goods on loan, damages (EXP, GOOD)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from claims.querysets import ClaimQuerySet, LoanQuerySet
from core.money import MoneyField
from orders.models import Order


class Expense(models.Model):
    """A claim for travel or meals on an order; approved or not (EXP-1, EXP-2)."""

    class Kind(models.TextChoices):
        TRAVEL = "travel", _("travel")
        MEAL = "meal", _("meal")

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

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("expense claim")
        verbose_name_plural = _("expense claims")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="expense_not_negative"),
        ]

    def __str__(self) -> str:
        return self.claim_no


class Loan(models.Model):
    """Demo goods lent by the keeper (GOOD-1). `returned_on`: the day the condition was found."""

    class Condition(models.TextChoices):
        GOOD = "good", _("good")
        DAMAGED = "damaged", _("damaged")
        LOST = "lost", _("lost")

    loan_no = models.CharField(_("loan no."), max_length=32, unique=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="loans", verbose_name=_("salesperson")
    )
    item = models.CharField(_("item"), max_length=120)
    price = MoneyField(_("price"))
    lent_at = models.DateTimeField(_("lent at"))
    returned_on = models.DateField(_("returned on"), null=True, blank=True, db_index=True)
    condition = models.CharField(
        _("condition"), max_length=10, blank=True, choices=Condition.choices
    )

    objects = LoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("goods loan")
        verbose_name_plural = _("goods loans")
        indexes = [
            # Nearly all are back: those still out are looked for every day.
            models.Index("lent_at", condition=Q(returned_on=None), name="loan_still_out"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="loan_price_not_negative"),
            # Damage is charged on the day it was found: without a day there is no charge.
            models.CheckConstraint(
                name="loan_damage_is_dated",
                condition=~Q(condition__in=["damaged", "lost"]) | Q(returned_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.loan_no


class Damage(models.Model):
    """Company property broken, by accident or on purpose (GOOD-2)."""

    damage_no = models.CharField(_("damage no."), max_length=32, unique=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="damages", verbose_name=_("salesperson")
    )
    on = models.DateField(_("on"), db_index=True)
    item = models.CharField(_("item"), max_length=120)
    cost_price = MoneyField(_("cost price"))
    on_purpose = models.BooleanField(_("on purpose"), default=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("damage")
        verbose_name_plural = _("damages")
        constraints = [
            models.CheckConstraint(condition=Q(cost_price__gte=0), name="damage_not_negative"),
        ]

    def __str__(self) -> str:
        return self.damage_no
