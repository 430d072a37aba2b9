"""Rewards and discipline cases (REW-1, DIS-1, DIS-2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from conduct.querysets import ConductQuerySet
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

    objects = ConductQuerySet.as_manager()

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

    class Offence(models.TextChoices):
        FIGHTING = "fighting", _("fighting")
        IMAGE = "image", _("harming the company's image")
        POACHING = "poaching", _("order poaching")
        SHIFTING = "shifting", _("order shifting")
        PROPERTY = "property", _("property")
        COMPANY_NAME = "company_name", _("using the company's name")
        SECRETS = "secrets", _("secrets")
        BRIBE = "bribe", _("bribes")
        FALSE_ADVERTISING = "false_advertising", _("false advertising")
        FORCING = "forcing", _("forcing or luring")
        PRIVACY = "privacy", _("patients' privacy")
        HARASSMENT = "harassment", _("harassment")
        LANGUAGE = "language", _("coarse language")
        DRINKING = "drinking", _("drinking")
        GAMBLING = "gambling", _("gambling")
        CLIQUES = "cliques", _("cliques")
        DRESS = "dress", _("dress")
        IDLING = "idling", _("idling")
        PRIVATE_CALLS = "private_calls", _("private calls")
        OTHER = "other", _("other")

    class Sanction(models.TextChoices):
        CRITICISM = "criticism", _("criticism")
        WARNING = "warning", _("warning")
        FINE = "fine", _("fine")
        FORFEIT = "forfeit", _("forfeited pay")
        BONUS_CUT = "bonus_cut", _("bonus cut")
        DEMOTION = "demotion", _("demotion")
        DISMISSAL = "dismissal", _("dismissal")

    case_no = models.CharField(_("case no."), max_length=32, unique=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="conduct_cases", verbose_name=_("salesperson")
    )
    offence = models.CharField(_("offence"), max_length=20, choices=Offence.choices)
    decided_on = models.DateField(_("decided on"), db_index=True)
    sanction = models.CharField(_("sanction"), max_length=10, choices=Sanction.choices)
    note = models.CharField(_("note"), max_length=400, blank=True)

    objects = ConductQuerySet.as_manager()

    class Meta:
        verbose_name = _("conduct case")
        verbose_name_plural = _("conduct cases")

    def __str__(self) -> str:
        return self.case_no
