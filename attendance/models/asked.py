"""What somebody asks for and another decides (ORG-1): the same columns wherever it is asked."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    PENDING = "pending", _("pending")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    CANCELLED = "cancelled", _("cancelled")


class Asked(models.Model):
    """Asked here, and decided here. None of it is in the company's tables: left alone by a load,
    empty without one. `version` is counted up by every change made here.
    """

    filed_at = models.DateTimeField(_("asked"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reply = models.TextField(_("reason of the decision"), blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=0, db_default=0)
    # Made by the form: sent twice, it is asked once.
    token = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        abstract = True
