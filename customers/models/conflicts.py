"""Two registrations that look like one project, what each side says, and the ruling (CUS-3)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from customers.models.projects import Project
from customers.querysets.conflicts import ClaimQuerySet, ConflictQuerySet


class Conflict(models.Model):
    """A project registered although it looked like another's, until it is ruled on (CUS-3)."""

    class Ruling(models.TextChoices):
        EARLIER = "earlier", _("the earlier registration owns it")
        LATER = "later", _("the later registration owns it")
        BOTH = "both", _("two different projects: both stand")

    conflict_no = models.CharField(_("conflict no."), max_length=32, unique=True)
    earlier = models.ForeignKey(
        Project, models.PROTECT, related_name="+", verbose_name=_("earlier registration")
    )
    later = models.ForeignKey(
        Project, models.PROTECT, related_name="+", verbose_name=_("later registration")
    )
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    ruling = models.CharField(_("ruling"), max_length=10, blank=True, choices=Ruling.choices)
    ruled_at = models.DateTimeField(_("ruled"), null=True, blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ruled by"),
    )
    reason = models.TextField(_("reason"), blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of projects")
        verbose_name_plural = _("conflicts of projects")
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="conflict_once"),
            models.CheckConstraint(
                condition=~Q(earlier=F("later")), name="conflict_between_two_projects"
            ),
            models.CheckConstraint(
                condition=Q(ruling="", ruled_at=None)
                | (~Q(ruling="") & Q(ruled_at__isnull=False) & ~Q(reason="")),
                name="conflict_ruled_with_a_reason",
            ),
        ]

    if TYPE_CHECKING:
        earlier_id: int
        later_id: int

    def __str__(self) -> str:
        return self.conflict_no

    @property
    def is_open(self) -> bool:
        return not self.ruling


class Claim(models.Model):
    """One side of a conflict: what it says; its evidence are the files of kind `project_claim`."""

    conflict = models.ForeignKey(
        Conflict, models.PROTECT, related_name="claims", verbose_name=_("conflict")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="claims", verbose_name=_("project")
    )
    # Whose side it is, though the project be assigned to another.
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("salesperson")
    )
    text = models.TextField(_("what they say"), blank=True)
    said_at = models.DateTimeField(_("said"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim to a project")
        verbose_name_plural = _("claims to a project")
        ordering = ["project_id"]
        constraints = [
            models.UniqueConstraint(fields=["conflict", "project"], name="claim_one_a_side"),
        ]

    if TYPE_CHECKING:
        conflict_id: int
        person_id: int

    def __str__(self) -> str:
        return f"{self.conflict_id}/{self.project_id}"
