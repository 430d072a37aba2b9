"""The week planned ahead (VIS-5)."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from customers.models.files import Customer
from customers.querysets.plans import VisitPlanQuerySet


class VisitPlan(models.Model):
    """A visit planned for a day, with what is to be ready before leaving.

    Whether it was done is nobody's to tick: a genuine visit recorded that day says so.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="visit_plans", verbose_name=_("salesperson")
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="visit_plans", verbose_name=_("customer")
    )
    on = models.DateField(_("planned for"), db_index=True)
    purpose = models.CharField(_("purpose"), max_length=200)
    materials = models.BooleanField(_("materials ready"), default=False)
    samples = models.BooleanField(_("samples borrowed"), default=False)
    appointment = models.BooleanField(_("appointment made"), default=False)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = VisitPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned visit")
        verbose_name_plural = _("planned visits")
        constraints = [
            # Planned twice for one day it is one; what was dropped can be planned anew.
            models.UniqueConstraint(
                fields=["person", "customer", "on"],
                condition=models.Q(dropped_at=None),
                name="visitplan_once_a_day",
            ),
        ]

    if TYPE_CHECKING:
        person_id: int
        customer_id: int

    def __str__(self) -> str:
        return f"{self.person_id}/{self.customer_id}/{self.on}"
