"""What people say about a customer's file (CUS-1)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from customers.models.files import Customer
from customers.querysets.files import OfCustomers


class Comment(models.Model):
    """A word about a file; `told` are the colleagues it was meant for, who may see the file."""

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="comments", verbose_name=_("customer")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("at"), default=clock.now)
    text = models.TextField(_("text"))
    told = models.ManyToManyField(Person, related_name="+", verbose_name=_("told"))
    # Made by the form: sent twice, it is said once.
    token = models.UUIDField(unique=True)

    objects = OfCustomers.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-id"]
        indexes = [models.Index(fields=["customer", "-at"], name="comment_latest")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    if TYPE_CHECKING:
        customer_id: int

    def __str__(self) -> str:
        return str(self.pk)
