"""What followed from an appraisal (KPI-1, REW-1, DIS-1)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models import Proceeding, RewardProposal


class AppraisalEffect(models.Model):
    """A reward that was proposed from an appraisal, or a case that was reported from it: decided
    where rewards and cases are, and only then in the ledger."""

    appraisal = models.ForeignKey(
        "performance.Appraisal",
        models.PROTECT,
        related_name="+",
        verbose_name=_("appraisal"),
    )
    reward = models.OneToOneField(
        RewardProposal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proposed reward"),
    )
    proceeding = models.OneToOneField(
        Proceeding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("case"),
    )

    class Meta:
        verbose_name = _("effect of an appraisal")
        verbose_name_plural = _("effects of appraisals")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reward__isnull=True, proceeding__isnull=False)
                | Q(reward__isnull=False, proceeding__isnull=True),
                name="appraisaleffect_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id}/{self.pk}"
