"""A simulation of a month under a draft of the policy, and what it comes to for each person."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from core.money import ZERO, MoneyField
from core.months import MonthField
from policy.models import PolicyDraft


class SimulationQuerySet(models.QuerySet["PolicySimulation"]):
    def visible_to(self, user: Any) -> "SimulationQuerySet":
        """They show everybody's pay: for the manager, finance and the company leader."""
        if user.is_superuser or user.has_role(*SEE_SIMULATIONS):
            return self
        return self.none()


class SimulationRowQuerySet(models.QuerySet["SimulationRow"]):
    def visible_to(self, user: Any) -> "SimulationRowQuerySet":
        """What might be is nobody's record yet: for those who see simulations, and no others."""
        if user.is_superuser or user.has_role(*SEE_SIMULATIONS):
            return self
        return self.none()


SEE_SIMULATIONS = ("manager", "finance", "leader")


class PolicySimulation(models.Model):
    """A month reckoned twice as of one instant: under the policy as it is, and with a draft.

    `draft_version` and `changes` say which draft it was; it may have been changed since.
    `by_rule`: for each rule whole fen before and after, and how many people it differs for.
    """

    draft = models.ForeignKey(
        PolicyDraft, models.PROTECT, related_name="+", verbose_name=_("policy draft")
    )
    draft_version = models.PositiveIntegerField()
    changes = models.JSONField(_("changes"))
    effective_on = models.DateField(_("in force from"))
    month = MonthField(_("month"))
    # As if the draft had counted all month long, or from its own day.
    whole_month = models.BooleanField(_("the whole month"), default=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    requested_at = models.DateTimeField(_("asked at"), default=clock.now)
    as_of = models.DateTimeField(_("as of"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    people = models.PositiveIntegerField(_("people"), default=0)
    differing = models.PositiveIntegerField(_("people it differs for"), default=0)
    before = MoneyField(_("before"), default=ZERO)
    after = MoneyField(_("after"), default=ZERO)
    by_rule = models.JSONField(default=dict)
    set_aside = models.JSONField(_("set aside"), default=dict)

    objects = SimulationQuerySet.as_manager()

    class Meta:
        verbose_name = _("simulation of a policy")
        verbose_name_plural = _("simulations of a policy")
        ordering = ["-id"]
        constraints = [
            # A result is as of an instant, the same for both sides.
            models.CheckConstraint(
                name="policysimulation_done_as_of",
                condition=models.Q(done_at=None) | models.Q(as_of__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def subject(self) -> str:
        """What its job is for, as the jobs' page names it."""
        return f"{self.month}/{self.pk}"

    @property
    def difference(self) -> Decimal:
        return self.after - self.before

    @property
    def is_stale(self) -> bool:
        """Whether the draft says something else by now."""
        return self.changes != self.draft.changes or (
            not self.whole_month and self.effective_on != self.draft.effective_on
        )


class SimulationRow(models.Model):
    """What a simulated month comes to for one person.

    `lines`: the charges that differ, each with its key, rule, whole fen before and after (signed
    as a statement shows them where it is on pay) and the arithmetic of both. `notes`: the duties
    and findings that differ.
    """

    simulation = models.ForeignKey(PolicySimulation, models.CASCADE, related_name="rows")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("salesperson")
    )
    before = MoneyField(_("before"))
    after = MoneyField(_("after"))
    difference = MoneyField(_("difference"))
    # What a list of the largest sorts by, whichever way it goes.
    size = MoneyField()
    lines = models.JSONField(default=list)
    notes = models.JSONField(default=list)

    objects = SimulationRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("simulated statement")
        verbose_name_plural = _("simulated statements")
        ordering = ["-size", "person__employee_no"]
        constraints = [
            # One statement a person.
            models.UniqueConstraint(
                fields=["simulation", "person"], name="simulationrow_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.simulation_id}/{self.person_id}"
