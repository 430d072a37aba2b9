"""What a leaver has handed over (PAY-6)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Person
from accounts.querysets import OfPeople
from core import clock


class HandoverTick(models.Model):
    """One thing of a leaver's was handed over: to whom, when, on whose word.

    What there is to hand over follows from the facts; `item` names a thing by what it is
    (`slip/S0012`), so that the tick finds it again.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="handovers", verbose_name=_("who leaves")
    )
    item = models.CharField(_("what"), max_length=80)
    label = models.CharField(_("what it is called"), max_length=200)
    to = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("handed over to")
    )
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ticked by"),
    )

    objects = OfPeople.as_manager()

    class Meta:
        verbose_name = _("handed over")
        verbose_name_plural = _("handed over")
        constraints = [
            # A thing is handed over once; a double click finds it done.
            models.UniqueConstraint(fields=["person", "item"], name="handover_once"),
            # Nobody hands over to themselves.
            models.CheckConstraint(
                condition=~models.Q(person=models.F("to")), name="handover_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.item}"
