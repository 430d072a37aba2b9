"""Somebody's way through the company: what is planned, and what took effect (ORG-2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.people import Channel, Person, Role
from accounts.querysets import OfPeople
from core import clock
from core.append_only import AppendOnly
from core.money import MoneyField


class PositionKind(models.TextChoices):
    HIRED = "hired", pgettext_lazy("position", "hired")
    PROMOTION = "promotion", _("promotion")
    DEMOTION = "demotion", pgettext_lazy("position", "demotion")
    TRANSFER = "transfer", pgettext_lazy("position", "transfer")
    ROLES = "roles", _("change of roles")
    PAY = "pay", _("change of pay")
    SUSPENDED = "suspended", _("suspended")
    REINSTATED = "reinstated", _("reinstated")
    LEFT = "left", pgettext_lazy("person", "left")


class Position(models.Model):
    """A place in the company, from a day on."""

    kind = models.CharField(_("kind"), max_length=12, choices=PositionKind.choices)
    from_on = models.DateField(_("from"))
    roles = models.CharField(_("roles"), max_length=120)
    team = models.CharField(_("team"), max_length=60, blank=True)
    supervisor = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("direct supervisor"),
    )
    channel = models.CharField(_("channel"), max_length=10, blank=True, choices=Channel.choices)
    base_salary = MoneyField(_("base salary"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def role_names(self) -> list[str]:
        named = self.roles.split("+")
        return [str(Role(role).label) for role in Role.values if role in named]


class PositionChange(AppendOnly, Position):
    """What took effect on a day. The history is added to, never rewritten."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="position_changes", verbose_name=_("person")
    )
    base_salary_before = MoneyField(  # type: ignore[misc]
        _("base salary before"), null=True, blank=True
    )
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by whom"),
    )

    objects = OfPeople.as_manager()

    class Meta:
        verbose_name = _("position change")
        verbose_name_plural = _("position changes")
        ordering = ["person", "-from_on", "-id"]
        constraints = [
            # A load and the daily job may both find that somebody has left.
            models.UniqueConstraint(
                fields=["person", "from_on"],
                condition=Q(kind="left"),
                name="positionchange_left_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.from_on}/{self.kind}"


class PositionPlan(Position):
    """A change that personnel decided on; the daily job lets it take effect on its day."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        DONE = "done", _("took effect")
        WITHDRAWN = "withdrawn", _("withdrawn")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="position_plans", verbose_name=_("person")
    )
    # What of the position changes: the rest is as it will be on that day, whatever comes between.
    changed = models.JSONField(_("what changes"), default=list)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    made_at = models.DateTimeField(_("made at"), default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )

    objects = OfPeople.as_manager()

    class Meta:
        verbose_name = _("planned position change")
        verbose_name_plural = _("planned position changes")
        ordering = ["from_on", "id"]
        constraints = [
            # Two changes of one person on one day would each undo the other.
            models.UniqueConstraint(
                fields=["person", "from_on"],
                condition=Q(state="planned"),
                name="positionplan_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.from_on}/{self.kind}"


class Qualification(models.Model):
    """A certificate somebody needs for the work (S7.4), until when it is valid."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="qualifications", verbose_name=_("person")
    )
    name = models.CharField(_("qualification"), max_length=60)
    number = models.CharField(_("number"), max_length=60, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = OfPeople.as_manager()

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering = ["person", "name", "number"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name", "number"], name="qualification_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.name}"
