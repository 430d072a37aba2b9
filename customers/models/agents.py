"""Prefectures and the agents in them (CUS-5)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.files import Customer
from customers.querysets.agents import AgencyQuerySet, PrefectureQuerySet


class Prefecture(models.Model):
    """A prefecture 地级市 in which there can be an agent."""

    class Standing(models.TextChoices):
        COVERED = "covered", pgettext_lazy("prefecture", "covered")
        TALKS = "talks", pgettext_lazy("prefecture", "in talks")
        OPEN = "open", pgettext_lazy("prefecture", "open")

    province = models.CharField(_("province"), max_length=40)
    name = models.CharField(_("prefecture"), max_length=40, unique=True)

    objects = PrefectureQuerySet.as_manager()

    class Meta:
        verbose_name = _("prefecture")
        verbose_name_plural = _("prefectures")
        ordering = ["province", "id"]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """A customer that is, or talks about being, the agent 代理商 of a prefecture.

    `agent_on`: agent since; None while in talks. `ended_on`: the last day; whose it is says the
    customer's file. `version` is counted up by every change.
    """

    prefecture = models.ForeignKey(
        Prefecture, models.PROTECT, related_name="agencies", verbose_name=_("prefecture")
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="agencies", verbose_name=_("customer")
    )
    talks_on = models.DateField(_("in talks since"))
    agent_on = models.DateField(_("agent since"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        ordering = ["-id"]
        constraints = [
            # A customer talks about a prefecture once at a time; two forms at once make one.
            models.UniqueConstraint(
                fields=["prefecture", "customer"],
                condition=Q(ended_on=None),
                name="agency_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(agent_on=None) | Q(agent_on__gte=F("talks_on")),
                name="agency_after_the_talks",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_reason="")
                | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
                name="agency_ends_with_a_reason",
            ),
        ]

    if TYPE_CHECKING:
        prefecture_id: int
        customer_id: int

    def __str__(self) -> str:
        return f"{self.prefecture_id}/{self.customer_id}/{self.talks_on}"

    @property
    def is_standing(self) -> bool:
        return self.ended_on is None
