"""What personnel and the manager decide about many absent days (ATT-5)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from attendance.visible import AttendanceQuerySet
from core import clock
from core.append_only import AppendOnly
from core.months import MonthField


class AbsenceDecision(AppendOnly):
    """A decision on a finding of ATT-5; a later one takes its place. Never changed.

    It ends no contract by itself: personnel writes the last day on the person's page.
    """

    class Kind(models.TextChoices):
        NOTHING = "nothing", _("nothing follows")
        TALK = "talk", _("a talk")
        WARNING = "warning", _("a written warning")
        END = "end", _("the contract is to be ended")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="absence_decisions", verbose_name=_("salesperson")
    )
    month = MonthField(_("month"))
    # As the finding said when it was decided.
    days = models.DecimalField(_("absent days"), max_digits=4, decimal_places=1)
    kind = models.CharField(_("decision"), max_length=8, choices=Kind.choices)
    reason = models.TextField(_("reason"))
    decided_at = models.DateTimeField(_("decided"), default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )
    # Which of the decisions on this finding it is: two at once make one.
    number = models.PositiveSmallIntegerField()

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on absence")
        verbose_name_plural = _("decisions on absence")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "month", "number"], name="absence_decision_numbered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.month}/{self.number}"
