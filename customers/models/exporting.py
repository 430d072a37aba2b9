"""Who may take customers' files out besides the heads (CUS-2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from customers.querysets.exporting import ExportGrantQuerySet


class ExportGrant(models.Model):
    """The right to take customers' files out, given to somebody by the leader (CUS-2)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("given to"))
    reason = models.CharField(_("reason"), max_length=300)
    until_on = models.DateField(_("until"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by")
    )
    given_at = models.DateTimeField(_("given"), default=clock.now)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    # Made by the form: sent twice, it is given once.
    token = models.UUIDField(unique=True)

    objects = ExportGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("right to export")
        verbose_name_plural = _("rights to export")
        ordering = ["-id"]
        indexes = [models.Index(fields=["person", "until_on"], name="exportgrant_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="exportgrant_has_reason"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
