"""A month in the shadow, kept to be looked at (PAY-2). It is no part of the books."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from core.money import MoneyField
from core.months import MonthField
from payroll.querysets import PayQuerySet


class Shadow(models.Model):
    """What a month would come to as of an instant, reckoned and never posted."""

    month = MonthField(_("month"))
    as_of = models.DateTimeField(_("as of"))
    made_at = models.DateTimeField(_("made at"), default=clock.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )

    class Meta:
        verbose_name = _("shadow of a month")
        verbose_name_plural = _("shadows of months")
        constraints = [
            # The latest replaces the one before: one is compared with the books, not many.
            models.UniqueConstraint(fields=["month"], name="shadow_one_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.as_of:%F %T}"


class ShadowRow(models.Model):
    """One person's statement in the shadow: yuan by rule, and their sum."""

    shadow = models.ForeignKey(Shadow, models.CASCADE, related_name="rows")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("salesperson")
    )
    by_rule = models.JSONField(_("by rule"))
    total = MoneyField(_("total"))

    objects = PayQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement in the shadow")
        verbose_name_plural = _("statements in the shadow")
        constraints = [
            models.UniqueConstraint(fields=["shadow", "person"], name="shadowrow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.shadow_id} {self.person_id}"

    @property
    def rules(self) -> list[tuple[str, Decimal]]:
        return [(rule, Decimal(amount)) for rule, amount in sorted(self.by_rule.items())]
