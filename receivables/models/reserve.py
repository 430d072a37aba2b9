"""The bad-debt reserve and its cases (RES)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.money import MoneyField
from orders.models import Order
from receivables.querysets.owned import BadDebtQuerySet, LegalCostQuerySet, MoneyQuerySet


class ReserveOpening(models.Model):
    """A salesperson's reserve when these books began (RES-1)."""

    person = models.OneToOneField(
        Person, models.PROTECT, related_name="reserve_opening", verbose_name=_("salesperson")
    )
    as_of = models.DateField(_("as of"))
    balance = MoneyField(_("balance"))

    objects = MoneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reserve opening")
        verbose_name_plural = _("reserve openings")

    def __str__(self) -> str:
        return f"{self.person_id}/{self.as_of}"


class BadDebt(models.Model):
    """A bad-debt case, from its opening to recovered or dead (RES-3).

    `sued_on`: since when the company sues; without it the salesperson chases. What only the
    program knows is empty for a case that came in a file.
    """

    class Stage(models.TextChoices):
        CHASE = "chase", _("chased")
        LAWSUIT = "lawsuit", _("in court")
        RECOVERED = "recovered", _("recovered")
        DEAD = "dead", _("dead")

    class Outcome(models.TextChoices):
        RECOVERED = "recovered", _("recovered")
        DEAD = "dead", _("dead")

    case_no = models.CharField(_("case no."), max_length=32, unique=True)
    order = models.ForeignKey(
        Order, models.PROTECT, related_name="bad_debts", verbose_name=_("order")
    )
    opened_on = models.DateField(_("opened on"))
    outcome = models.CharField(_("outcome"), max_length=10, blank=True, choices=Outcome.choices)
    outcome_on = models.DateField(_("outcome on"), null=True, blank=True)
    sued_on = models.DateField(_("in court since"), null=True, blank=True)
    why = models.TextField(_("why it was opened"), blank=True, db_default="")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("opened by"),
    )
    # Made by the form: sent twice, it is opened once.
    token = models.UUIDField(unique=True, null=True, blank=True)

    objects = BadDebtQuerySet.as_manager()

    class Meta:
        verbose_name = _("bad-debt case")
        verbose_name_plural = _("bad-debt cases")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on=None)
                | (~Q(outcome="") & Q(outcome_on__gte=F("opened_on"))),
                name="baddebt_outcome_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.case_no

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def stage(self) -> str:
        """Where it stands; what suing cost in a file says that the company sued."""
        if self.outcome:
            return self.outcome
        in_court = self.sued_on is not None or getattr(self, "has_costs", False)
        return str(self.Stage.LAWSUIT if in_court else self.Stage.CHASE)

    @property
    def stage_name(self) -> str:
        return str(self.Stage(self.stage).label)


class LegalCost(models.Model):
    """What suing for a bad debt cost on a day (RES-4)."""

    case = models.ForeignKey(BadDebt, models.PROTECT, related_name="costs", verbose_name=_("case"))
    incurred_on = models.DateField(_("incurred on"))
    amount = MoneyField(_("amount"))
    what = models.CharField(_("for what"), max_length=200, blank=True, db_default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    # Made by the form: sent twice, it is recorded once.
    token = models.UUIDField(unique=True, null=True, blank=True)

    objects = LegalCostQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal cost")
        verbose_name_plural = _("legal costs")
        constraints = [
            models.UniqueConstraint(fields=["case", "incurred_on"], name="legalcost_once_a_day"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="legalcost_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.incurred_on}"
