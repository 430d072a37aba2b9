"""How people and companies are tied: the relationship network 关系网 (CUS-1)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.contacts import Contact
from customers.models.files import Customer
from customers.querysets.ties import TieQuerySet


class Tie(models.Model):
    """How two are tied: people at customers, or customers themselves.

    Each end is a contact, or a company as a whole. Of a kind that has a direction (`works under`,
    `belongs to`, `supplies`) the first end is who works, belongs or supplies.
    """

    class Kind(models.TextChoices):
        UNDER = "under", pgettext_lazy("tie", "works under")
        FAMILY = "family", pgettext_lazy("tie", "family")
        FRIENDS = "friends", pgettext_lazy("tie", "friends")
        SCHOOL = "school", pgettext_lazy("tie", "went to school together")
        COLLEAGUES = "colleagues", pgettext_lazy("tie", "worked together")
        BELONGS = "belongs", pgettext_lazy("tie", "belongs to")
        SUPPLIES = "supplies", pgettext_lazy("tie", "supplies")
        PARTNERS = "partners", pgettext_lazy("tie", "work together")
        OTHER = "other", pgettext_lazy("tie", "other")

    DIRECTED = (Kind.UNDER, Kind.BELONGS, Kind.SUPPLIES)

    from_contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="ties_from"
    )
    from_customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="ties_from"
    )
    to_contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="ties_to"
    )
    to_customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="ties_to"
    )
    kind = models.CharField(_("kind of tie"), max_length=12, choices=Kind.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # Made by the form: sent twice, it is one tie.
    token = models.UUIDField(unique=True)

    objects = TieQuerySet.as_manager()

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        ordering = ["id"]
        constraints = [
            # Each end is one thing, and not two.
            models.CheckConstraint(
                condition=Q(from_contact=None) ^ Q(from_customer=None), name="tie_from_one"
            ),
            models.CheckConstraint(
                condition=Q(to_contact=None) ^ Q(to_customer=None), name="tie_to_one"
            ),
            # Nobody is tied to themself. (Two files of one firm, tied, may be merged.)
            models.CheckConstraint(
                condition=Q(from_contact=None)
                | Q(to_contact=None)
                | ~Q(from_contact=F("to_contact")),
                name="tie_of_two_people",
            ),
        ]

    if TYPE_CHECKING:
        from_contact_id: int | None
        from_customer_id: int | None
        to_contact_id: int | None
        to_customer_id: int | None

    def __str__(self) -> str:
        return str(self.pk)
