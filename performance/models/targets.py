"""Targets set for a period, beside those of the contracts (TAR-1)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.money import MoneyField
from performance.querysets import TargetQuerySet
from performance.rules.periods import Period


class Target(models.Model):
    """What a person or a team is to bring in a period, in yuan. The contract's year stands with
    the person; what is set here comes first (adr/0033). `period` as `Period` writes it."""

    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("salesperson"),
    )
    team = models.CharField(_("team"), max_length=60, blank=True)
    period = models.CharField(_("period"), max_length=7)
    amount = MoneyField(_("target"))
    version = models.PositiveIntegerField(default=0)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["-period", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "period"],
                condition=Q(person__isnull=False),
                name="target_person_once",
            ),
            models.UniqueConstraint(
                fields=["team", "period"], condition=Q(person=None), name="target_team_once"
            ),
            # Of a person or of a team, never of both or of nobody.
            models.CheckConstraint(
                condition=Q(person__isnull=False, team="") | (Q(person=None) & ~Q(team="")),
                name="target_of_one",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="target_not_negative"),
        ]

    if TYPE_CHECKING:
        person_id: int | None

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def span(self) -> Period:
        return Period.parse(self.period)
