"""Collection months that have passed, and what stood at their cutoff (CUT-1, TIME-3)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.money import MoneyField
from core.months import CollectionMonth, MonthField
from receivables.querysets.owned import MoneyQuerySet


class CutoffMonth(models.Model):
    """A collection month whose cutoff has passed: its boundaries stay as taken down (TIME-3)."""

    month = MonthField(_("month"), unique=True)
    after = models.DateTimeField(_("after"))
    cutoff = models.DateTimeField(_("cutoff"))

    class Meta:
        verbose_name = _("collection month")
        verbose_name_plural = _("collection months")
        constraints = [
            models.CheckConstraint(
                condition=Q(after__lt=F("cutoff")), name="cutoffmonth_has_a_length"
            ),
        ]

    def __str__(self) -> str:
        return str(self.month)

    @property
    def bounds(self) -> CollectionMonth:
        return CollectionMonth(self.month, after=self.after, cutoff=self.cutoff)


class CutoffSnapshot(models.Model):
    """One salesperson's money and slips at the cutoff (CUT-1)."""

    month = MonthField(_("month"), db_index=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="cutoffs", verbose_name=_("salesperson")
    )
    handed_in = MoneyField(_("handed in"))
    in_hand = MoneyField(_("in hand"))
    slips_held = models.PositiveIntegerField(_("slips held"))

    objects = MoneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("cutoff snapshot")
        verbose_name_plural = _("cutoff snapshots")
        constraints = [
            models.UniqueConstraint(fields=["month", "person"], name="snapshot_once"),
            models.CheckConstraint(
                condition=Q(handed_in__gte=0) & Q(in_hand__gte=0), name="snapshot_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month}/{self.person_id}"
