"""Rewards as they are proposed and decided; what stands of them is a `Reward` (REW-1)."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from attendance.models import RewardGrant
from conduct.rewards.querysets import RewardProposalQuerySet
from core import clock
from core.money import MoneyField


class RewardProposal(models.Model):
    """A reward 奖励 somebody is proposed for, and what was decided (REW-1).

    `amount` is of a bonus, `title` of an honorary title, `days` and `use_by` of reward leave.
    Granted, `reward` is the fact that the close reads; a promotion has none: personnel plans it.
    """

    class Kind(models.TextChoices):
        BONUS = "bonus", _("bonus")
        TITLE = "title", _("honorary title")
        PROMOTION = "promotion", _("promotion")
        LEAVE = "leave", _("reward leave")
        PRAISE = "praise", _("praise")

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("reward", "proposed")
        GRANTED = "granted", pgettext_lazy("reward", "granted")
        REFUSED = "refused", pgettext_lazy("reward", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("reward", "withdrawn")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="reward_proposals", verbose_name=_("salesperson")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    amount = MoneyField(_("amount"), null=True, blank=True)  # type: ignore[misc]
    title = models.CharField(_("honorary title"), max_length=60, blank=True)
    days = models.DecimalField(_("days"), max_digits=4, decimal_places=1, null=True, blank=True)
    use_by = models.DateField(_("to be used by"), null=True, blank=True)
    reason = models.CharField(pgettext_lazy("reward", "what for"), max_length=200)
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), default=clock.now)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PROPOSED
    )
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
    reward = models.OneToOneField(
        "conduct.Reward",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reward"),
    )
    grant = models.OneToOneField(
        RewardGrant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("days of reward leave"),
    )
    # Made by the form: sent twice, it is one proposal.
    token = models.UUIDField(unique=True, default=uuid4)

    objects = RewardProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed reward")
        verbose_name_plural = _("proposed rewards")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="rewardproposal_says_why"),
            models.CheckConstraint(
                condition=~Q(proposed_by=F("person")), name="rewardproposal_not_ones_own"
            ),
            # Each kind has what it is made of, and nothing of another.
            models.CheckConstraint(
                condition=Q(kind="bonus", amount__gt=0) | (~Q(kind="bonus") & Q(amount=None)),
                name="rewardproposal_bonus_is_money",
            ),
            models.CheckConstraint(
                condition=(Q(kind="title") & ~Q(title="")) | (~Q(kind="title") & Q(title="")),
                name="rewardproposal_title_is_named",
            ),
            models.CheckConstraint(
                condition=Q(kind="leave", days__gt=0, use_by__isnull=False)
                | (~Q(kind="leave") & Q(days=None, use_by=None)),
                name="rewardproposal_leave_has_days",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at=None)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="rewardproposal_decided_is_dated",
            ),
            # A granted reward is a fact; a promotion is personnel's.
            models.CheckConstraint(
                condition=Q(state="granted", reward__isnull=False)
                | Q(state="granted", kind="promotion", reward=None)
                | (~Q(state="granted") & Q(reward=None)),
                name="rewardproposal_granted_is_a_fact",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reply=""), name="rewardproposal_refused_why"
            ),
        ]

    if TYPE_CHECKING:
        person_id: int
        proposed_by_id: int

    def __str__(self) -> str:
        return str(self.pk)
