"""Goods to lend, who asks for them, who has them (GOOD-1)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from claims.querysets import GoodsQuerySet, LoanQuerySet, LoanRequestQuerySet
from core import clock
from core.money import MoneyField
from customers.models import Customer


class Goods(models.Model):
    """One piece of the keeper's register 样机台账: what can be lent, and at what price."""

    code = models.CharField(_("goods code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    price = MoneyField(_("price"))
    serial_no = models.CharField(_("serial or asset no."), max_length=60, blank=True)
    place = models.CharField(_("where it lies"), max_length=60, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    # Made by the form: sent twice, it is put on file once.
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = GoodsQuerySet.as_manager()

    class Meta:
        verbose_name = _("goods")
        verbose_name_plural = _("goods")
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="goods_price_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Loan(models.Model):
    """Demo goods lent by the keeper (GOOD-1). `returned_on`: the day the condition was found.

    `goods` is empty where the company's table alone knows of it: then `item` says what it was.
    """

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
    # What follows is not in the company's table: left alone by a load, empty without one.
    goods = models.ForeignKey(
        Goods,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="loans",
        verbose_name=_("goods"),
    )
    purpose = models.CharField(_("what for"), max_length=200, blank=True, default="", db_default="")
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("customer"),
    )
    lent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lent by"),
    )
    return_note = models.TextField(_("found"), blank=True, default="", db_default="")
    # Made by the form: sent twice, it is lent once.
    token = models.UUIDField(null=True, blank=True, unique=True)

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
            # One piece is with one person at a time, whoever hands it out.
            models.UniqueConstraint(
                fields=["goods"],
                condition=Q(returned_on=None, goods__isnull=False),
                name="loan_of_goods_once_at_a_time",
            ),
        ]

    if TYPE_CHECKING:
        person_id: int
        goods_id: int | None

    def __str__(self) -> str:
        return self.loan_no

    @property
    def is_out(self) -> bool:
        return self.returned_on is None

    @property
    def is_charged(self) -> bool:
        """Whether what was found is charged at the price."""
        return self.price > 0 and self.condition in (self.Condition.DAMAGED, self.Condition.LOST)


class LoanRequest(models.Model):
    """A salesperson asks for goods on the telephone; the keeper hands them out or not."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        LENT = "lent", _("lent")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    goods = models.ForeignKey(
        Goods, models.PROTECT, related_name="requests", verbose_name=_("goods")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="loan_requests", verbose_name=_("salesperson")
    )
    purpose = models.CharField(_("what for"), max_length=200, blank=True)
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("customer"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    reply = models.TextField(_("reason of the decision"), blank=True)
    loan = models.OneToOneField(
        Loan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="request",
        verbose_name=_("goods loan"),
    )
    token = models.UUIDField(unique=True)

    objects = LoanRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for goods")
        verbose_name_plural = _("requests for goods")
        constraints = [
            # Asking again changes nothing: one request of one person for one piece waits.
            models.UniqueConstraint(
                fields=["goods", "person"],
                condition=Q(state="asked"),
                name="loanrequest_one_waits",
            ),
            # What was handed out says by which loan, and nothing else names one.
            models.CheckConstraint(
                condition=Q(state="lent", loan__isnull=False)
                | (~Q(state="lent") & Q(loan__isnull=True)),
                name="loanrequest_lent_has_loan",
            ),
        ]

    if TYPE_CHECKING:
        person_id: int
        goods_id: int

    def __str__(self) -> str:
        return f"{self.goods_id}/{self.person_id}"
