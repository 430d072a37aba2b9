"""Company property broken (GOOD-2)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from claims.querysets import DamageQuerySet
from core.money import MoneyField


class Damage(models.Model):
    """Company property broken, by accident or on purpose (GOOD-2). A price of 0 charges nothing."""

    damage_no = models.CharField(_("damage no."), max_length=32, unique=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="damages", verbose_name=_("salesperson")
    )
    on = models.DateField(_("on"), db_index=True)
    item = models.CharField(_("item"), max_length=120)
    cost_price = MoneyField(_("cost price"))
    on_purpose = models.BooleanField(_("on purpose"), default=False)
    # What follows is not in the company's table: left alone by a load, empty without one.
    note = models.TextField(_("how it happened"), blank=True, default="", db_default="")
    heard = models.TextField(_("what they say"), blank=True, default="", db_default="")
    recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    # Made by the form: sent twice, it is recorded once.
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = DamageQuerySet.as_manager()

    class Meta:
        verbose_name = _("damage")
        verbose_name_plural = _("damages")
        constraints = [
            models.CheckConstraint(condition=Q(cost_price__gte=0), name="damage_not_negative"),
        ]

    if TYPE_CHECKING:
        person_id: int

    def __str__(self) -> str:
        return self.damage_no
