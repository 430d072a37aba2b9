"""Projects: registered, assigned, brought from need to follow-up (CUS-3, CUS-4)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from customers.models.files import Customer
from customers.querysets.projects import OfProjects, ProjectQuerySet
from customers.rules.projects import ProjectKeys


class Project(models.Model):
    """A project registered 项目备案 (CUS-3).

    `registered_by` was first and keeps the claim to be heard; `person` is who pursues it: the same,
    until somebody is assigned (`assigned_at`). The keys are what look-alikes are found by.
    `touched_at`: the last change of stage or note. `version` is counted up by every change.
    """

    class Stage(models.TextChoices):
        NEED = "need", pgettext_lazy("stage", "need")
        PROPOSAL = "proposal", pgettext_lazy("stage", "proposal")
        TALKS = "talks", pgettext_lazy("stage", "talks")
        CONTRACT = "contract", pgettext_lazy("stage", "contract")
        FOLLOW_UP = "follow-up", pgettext_lazy("stage", "follow-up")

    class Ended(models.TextChoices):
        LOST = "lost", pgettext_lazy("project", "lost")
        RULED = "ruled", _("ruled to be another's")

    project_no = models.CharField(_("project no."), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("customer"),
    )
    # As it was typed, or the name of the file at the time.
    customer_name = models.CharField(_("customer's name"), max_length=120)
    prefecture = models.CharField(_("prefecture"), max_length=40)
    address = models.CharField(_("address"), max_length=200, blank=True)
    purpose = models.TextField(_("what for"))
    registered_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("registered by")
    )
    registered_at = models.DateTimeField(_("registered"), default=clock.now)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="projects", verbose_name=_("salesperson")
    )
    assigned_at = models.DateTimeField(_("assigned"), null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned by"),
    )
    assigned_reason = models.TextField(_("reason"), blank=True)
    no_equipment = models.BooleanField(_("no equipment goes with it"), default=False)
    is_complete = models.BooleanField(_("requirement list complete"), default=False)
    stage = models.CharField(
        _("stage"), max_length=10, choices=Stage.choices, default=Stage.NEED, db_index=True
    )
    stage_since = models.DateTimeField(_("at this stage since"), default=clock.now)
    touched_at = models.DateTimeField(_("last news"), default=clock.now, db_index=True)
    ended = models.CharField(_("ended"), max_length=10, blank=True, choices=Ended.choices)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_reason = models.TextField(_("why it ended"), blank=True)
    name_key = models.CharField(max_length=900)
    customer_key = models.CharField(max_length=900)
    prefecture_key = models.CharField(max_length=300)
    address_key = models.CharField(max_length=1500, blank=True)
    version = models.PositiveIntegerField(default=0)
    # Made by the form: sent twice, it is registered once.
    token = models.UUIDField(unique=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            # Nobody pursues what nobody was assigned to (CUS-4).
            models.CheckConstraint(
                condition=Q(stage="need") | Q(assigned_at__isnull=False),
                name="project_assigned_before_it_moves",
            ),
            models.CheckConstraint(
                condition=Q(ended="", ended_at=None)
                | (~Q(ended="") & Q(ended_at__isnull=False) & ~Q(ended_reason="")),
                name="project_ends_with_a_reason",
            ),
        ]

    if TYPE_CHECKING:
        customer_id: int | None
        registered_by_id: int
        person_id: int

    def __str__(self) -> str:
        return self.project_no

    @property
    def keys(self) -> ProjectKeys:
        return ProjectKeys(self.name_key, self.customer_key, self.prefecture_key, self.address_key)

    @property
    def is_open(self) -> bool:
        return not self.ended

    @property
    def place(self) -> str:
        return f"{self.prefecture} {self.address}".strip()

    @property
    def standing(self) -> str:
        """What it is called where it stands: how it ended, else its stage."""
        return str(self.get_ended_display() if self.ended else self.get_stage_display())


class Requirement(models.Model):
    """A line of a requirement list 需求清单: which machine or equipment, how large, how many."""

    class Kind(models.TextChoices):
        MACHINE = "machine", _("machine")
        EQUIPMENT = "equipment", _("equipment")

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="requirements", verbose_name=_("project")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    what = models.CharField(_("what"), max_length=120)
    spec = models.CharField(_("how large, which model"), max_length=120, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))

    objects = OfProjects.as_manager()

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["id"]
        constraints = [
            # None of a thing is no line.
            models.CheckConstraint(condition=Q(quantity__gte=1), name="requirement_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.what} ×{self.quantity}"


class ProjectNote(models.Model):
    """What happened in a project, in somebody's words."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="notes", verbose_name=_("project")
    )
    text = models.TextField(_("note"))
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    # Made by the form: sent twice, it is noted once.
    token = models.UUIDField(unique=True)

    objects = OfProjects.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.pk)


class Reopening(models.Model):
    """A lost project taken up again: why, and what was said when it was given up."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="reopenings", verbose_name=_("project")
    )
    lost_at = models.DateTimeField(_("lost at"))
    lost_reason = models.TextField(_("why it was lost"))
    reason = models.TextField(_("why it is taken up again"))
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )

    objects = OfProjects.as_manager()

    class Meta:
        verbose_name = _("project taken up again")
        verbose_name_plural = _("projects taken up again")
        ordering = ["-id"]
        constraints = [
            # A loss is taken back once.
            models.UniqueConstraint(fields=["project", "lost_at"], name="reopening_once_a_loss"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(lost_reason=""), name="reopening_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Delegation(models.Model):
    """The company leader leaves it to the manager who pursues a project, and whose it is in a
    conflict (CUS-4): from when to when, for what reason."""

    given_at = models.DateTimeField(_("given"), default=clock.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("given by"),
    )
    reason = models.CharField(_("reason"), max_length=200)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-id"]
        constraints = [
            # One at a time.
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(withdrawn_at=None),
                name="delegation_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{clock.local(self.given_at):%F %H:%M}"
