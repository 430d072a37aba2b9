"""The people of a customer (CUS-1)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.models.files import Customer
from customers.querysets.files import OfCustomers


class Contact(models.Model):
    """Somebody at a customer: what they are there, and how much they have to say.

    `version` counts the changes: a form that showed an older one is told so.
    """

    class Say(models.TextChoices):
        DECIDES = "decides", pgettext_lazy("contact", "decides")
        INFLUENCES = "influences", pgettext_lazy("contact", "influences")
        USES = "uses", pgettext_lazy("contact", "works with it")

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="contacts", verbose_name=_("customer")
    )
    name = models.CharField(_("name"), max_length=60)
    position = models.CharField(_("position"), max_length=60, blank=True)
    telephone = models.CharField(_("telephone"), max_length=32, blank=True)
    say = models.CharField(_("say"), max_length=10, choices=Say.choices, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    gone = models.BooleanField(_("no longer there"), default=False)
    version = models.PositiveIntegerField(default=0)
    # Made by the form: sent twice, it is one contact.
    token = models.UUIDField(unique=True)

    objects = OfCustomers.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["gone", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="contact_has_name"),
        ]

    if TYPE_CHECKING:
        customer_id: int

    def __str__(self) -> str:
        return str(self.pk)
