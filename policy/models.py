"""The policy as data (POL-1), and the company's calendar (TIME-4)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.append_only import AppendOnly


class PolicyParameter(AppendOnly):
    """One parameter's value from a day on. In force it is never edited: a change is a new one."""

    # A row not yet in force may still be corrected; the day is the company's.
    frozen_when = {
        "sqlite": "OLD.effective_on <= date('now', '+8 hours')",
        "postgresql": "OLD.effective_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date",
    }

    effective_on = models.DateField(_("in force from"))
    parameter = models.CharField(_("parameter"), max_length=40)
    value = models.CharField(_("value"), max_length=200)

    class Meta:
        verbose_name = _("policy parameter")
        verbose_name_plural = _("policy parameters")
        ordering = ["effective_on", "parameter"]
        constraints = [
            # Two values of one parameter on one day would leave the day without a rule.
            models.UniqueConstraint(
                fields=["effective_on", "parameter"], name="policy_one_value_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_on} {self.parameter}"


class PolicyFreeze(models.Model):
    """Up to and with which day the policy is settled, because months built on it are final."""

    through = models.DateField(_("settled through"), unique=True)

    class Meta:
        verbose_name = _("settled policy")
        verbose_name_plural = _("settled policies")

    def __str__(self) -> str:
        return str(self.through)


class PolicyDraft(models.Model):
    """A version in the making: from which day it shall count, and what it changes (POL-1).

    `changes`: texts by parameter, as the policy table writes them. Once decided on, it stays as it
    was: what came of it stands in the policy.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("policy", "draft")
        PUT = "put", _("put in force")
        DISCARDED = "discarded", _("discarded")

    name = models.CharField(_("name"), max_length=60)
    effective_on = models.DateField(_("in force from"))
    changes = models.JSONField(_("changes"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    # Moves with every change: a form that saw another one is told so.
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("drafted by"),
    )
    made_at = models.DateTimeField(_("drafted at"), default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("policy draft")
        verbose_name_plural = _("policy drafts")
        ordering = ["-id"]
        constraints = [
            # Sent twice, a draft is made once; and two of one name would be taken for each other.
            models.UniqueConstraint(
                fields=["name"], name="policydraft_named_once", condition=Q(state="draft")
            ),
            # A decision has its day and whoever took it.
            models.CheckConstraint(
                name="policydraft_decision_is_dated",
                condition=Q(state="draft", decided_at=None, decided_by=None)
                | (~Q(state="draft") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # what the audit trail calls it: the name may change

    @property
    def is_open(self) -> bool:
        return self.state == self.State.DRAFT


class CalendarDay(models.Model):
    """The company's own word on a day, over weekends, public holidays and make-up workdays."""

    date = models.DateField(_("date"), unique=True)
    is_workday = models.BooleanField(_("workday"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["date"]

    def __str__(self) -> str:
        return str(self.date)
