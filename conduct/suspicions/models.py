"""Suspicions with their evidence as it was found, and what was decided (DIS-3)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from conduct.suspicions.querysets import SuspicionQuerySet
from core import clock
from core.append_only import AppendOnly


class Suspicion(AppendOnly):
    """A suspicion 线索, raised once by its key and kept with its evidence as it was found, whatever
    becomes of the facts. It is no finding: nothing follows from it by itself."""

    class Kind(models.TextChoices):
        REASSIGNED = "reassigned", _("order reassigned outside a transfer")
        REGISTRATIONS = "registrations", _("project registered twice")
        FILES = "files", _("customer filed twice")
        SIGNED = "signed", _("order signed by another than the customer's owner")

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    gains = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("to whom it came")
    )
    loses = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("whose it was")
    )
    evidence = models.JSONField(_("evidence"))
    found_at = models.DateTimeField(_("found"), default=clock.now, db_index=True)

    objects = SuspicionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspicion")
        verbose_name_plural = _("suspicions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(gains=F("loses")), name="suspicion_between_two"),
        ]

    if TYPE_CHECKING:
        gains_id: int
        loses_id: int

    def __str__(self) -> str:
        return str(self.pk)


class SuspicionDecision(AppendOnly):
    """What was decided on a suspicion, once: dismissed, or taken up; with the reason."""

    class Outcome(models.TextChoices):
        DISMISSED = "dismissed", pgettext_lazy("suspicion", "dismissed")
        TAKEN_UP = "taken_up", pgettext_lazy("suspicion", "taken up")

    suspicion = models.OneToOneField(
        Suspicion, models.PROTECT, related_name="decision", verbose_name=_("suspicion")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )

    class Meta:
        verbose_name = _("decision on a suspicion")
        verbose_name_plural = _("decisions on suspicions")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="suspicion_decided_why"),
        ]

    def __str__(self) -> str:
        return f"{self.suspicion_id}/{self.outcome}"


class SuspicionCase(AppendOnly):
    """A conduct case of one of both that came of a suspicion that was taken up."""

    suspicion = models.ForeignKey(
        Suspicion, models.PROTECT, related_name="cases", verbose_name=_("suspicion")
    )
    case = models.ForeignKey(
        "conduct.ConductCase", models.PROTECT, related_name="+", verbose_name=_("conduct case")
    )
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )

    class Meta:
        verbose_name = _("case of a suspicion")
        verbose_name_plural = _("cases of suspicions")
        constraints = [
            models.UniqueConstraint(fields=["suspicion", "case"], name="suspicion_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.suspicion_id}/{self.case_id}"
