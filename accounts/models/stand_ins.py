"""Who stands in for whom while they are away (ORG-1)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Person, Role
from accounts.querysets import StandInQuerySet
from core import clock


class StandIn(models.Model):
    """Somebody takes over roles of an absent person, on company days, both included.

    What is passed on is what the absent person holds themself and is named here: neither what they
    stand in for, nor a role they lose meanwhile.
    """

    absent = models.ForeignKey(
        Person, models.PROTECT, related_name="absences", verbose_name=_("who is away")
    )
    stand_in = models.ForeignKey(
        Person, models.PROTECT, related_name="standing_in", verbose_name=_("stand-in")
    )
    roles = models.CharField(_("roles taken over"), max_length=120, help_text=_("joined by +"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), default=clock.now)
    ended_at = models.DateTimeField(_("ended early at"), null=True, blank=True)

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")
        ordering = ["-from_on", "-id"]
        indexes = [
            # Every page asks whether somebody stands in for anybody today.
            models.Index("stand_in", "until_on", name="standin_of_person"),
        ]
        constraints = [
            # Nobody stands in for themselves.
            models.CheckConstraint(condition=~Q(absent=F("stand_in")), name="standin_is_another"),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="standin_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(roles=""), name="standin_says_what_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absent_id}/{self.stand_in_id}/{self.from_on}"

    @property
    def role_set(self) -> frozenset[str]:
        """The roles passed on: those named that the absent person holds."""
        return frozenset(self.roles.split("+")) & self.absent.role_set

    def has_role(self, *roles: str) -> bool:
        return not self.role_set.isdisjoint(roles)

    @property
    def role_names(self) -> list[str]:
        named = self.roles.split("+")
        return [str(Role(role).label) for role in Role.values if role in named]

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.until_on < clock.today()

    @property
    def is_active(self) -> bool:
        return not self.is_over and self.from_on <= clock.today()
