"""Rewards and discipline cases (REW-1, DIS-1, DIS-2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from conduct.cases.models import Objection as Objection
from conduct.cases.models import Proceeding as Proceeding
from conduct.cases.models import Proposal as Proposal
from conduct.cases.models import Subject as Subject
from conduct.cases.models import Verdict as Verdict
from conduct.kinds import Offence, Sanction
from conduct.querysets import ConductQuerySet, RewardQuerySet
from conduct.rewards.models import RewardProposal as RewardProposal
from conduct.suspicions.models import Suspicion as Suspicion
from conduct.suspicions.models import SuspicionCase as SuspicionCase
from conduct.suspicions.models import SuspicionDecision as SuspicionDecision
from core.money import MoneyField


class Reward(models.Model):
    """A bonus, a title, leave or praise (REW-1)."""

    class Kind(models.TextChoices):
        BONUS = "bonus", _("bonus")
        TITLE = "title", _("honorary title")
        LEAVE = "leave", _("reward leave")
        PRAISE = "praise", _("praise")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="rewards", verbose_name=_("salesperson")
    )
    decided_on = models.DateField(_("decided on"), db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    amount = MoneyField(_("amount"), null=True, blank=True)  # type: ignore[misc]
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = RewardQuerySet.as_manager()

    class Meta:
        verbose_name = _("reward")
        verbose_name_plural = _("rewards")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "decided_on", "kind", "note"], name="reward_once"
            ),
            # A bonus is money.
            models.CheckConstraint(
                condition=~Q(kind="bonus") | Q(amount__isnull=False), name="reward_bonus_has_amount"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="reward_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.decided_on}/{self.kind}"


class ConductCase(models.Model):
    """A discipline case and what was decided in it (DIS-1, DIS-2)."""

    Offence, Sanction = Offence, Sanction

    case_no = models.CharField(_("case no."), max_length=32, unique=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="conduct_cases", verbose_name=_("salesperson")
    )
    offence = models.CharField(_("offence"), max_length=20, choices=Offence.choices)
    decided_on = models.DateField(_("decided on"), db_index=True)
    sanction = models.CharField(_("sanction"), max_length=10, choices=Sanction.choices)
    note = models.CharField(_("note"), max_length=400, blank=True)
    # Of a fine or a cut bonus that was decided here; no file brings one.
    amount = MoneyField(_("amount"), null=True, blank=True)  # type: ignore[misc]
    # An objection was granted: the row stays, and nothing follows from it any more.
    annulled_at = models.DateTimeField(_("annulled"), null=True, blank=True)

    objects = ConductQuerySet.as_manager()

    class Meta:
        verbose_name = _("conduct case")
        verbose_name_plural = _("conduct cases")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0, sanction__in=("fine", "bonus_cut")),
                name="conduct_amount_of_fine_or_cut",
            ),
        ]

    def __str__(self) -> str:
        return self.case_no
