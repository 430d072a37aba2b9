"""Help with a customer, and mediation between colleagues (CUS-6)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from customers.models.files import Customer
from customers.querysets.support import SupportQuerySet


class SupportRequest(models.Model):
    """A salesperson asks for help with a customer, or for mediation with a colleague (S9-5.4).

    `helper`, `help_by`: who helps, until when; `outcome`: what came of it. Of a mediation the
    colleague learns who asked and who mediates, never what was written. `version` is counted up.
    """

    class Kind(models.TextChoices):
        TALKS = "talks", _("join the talks")
        SAMPLE = "sample", _("a sample")
        CAR = "car", _("a car")
        DOCUMENT = "document", _("a document")
        MEDIATION = "mediation", _("mediation with a colleague")

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("support", "waiting")
        TAKEN = "taken", pgettext_lazy("support", "help is on the way")
        DONE = "done", pgettext_lazy("support", "done")
        REFUSED = "refused", pgettext_lazy("support", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("support", "withdrawn")

    request_no = models.CharField(_("request no."), max_length=32, unique=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="support_asked", verbose_name=_("salesperson")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="support",
        verbose_name=_("customer"),
    )
    colleague = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("colleague"),
    )
    text = models.TextField(_("what is needed"))
    wanted_on = models.DateField(_("wanted by"))
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.ASKED, db_index=True
    )
    helper = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="support_given",
        verbose_name=_("who helps"),
    )
    help_by = models.DateField(_("helps by"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reply = models.TextField(_("answer"), blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    # Made by the form: sent twice, it is asked once.
    token = models.UUIDField(unique=True)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for support")
        verbose_name_plural = _("requests for support")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="mediation", colleague__isnull=False)
                | (~Q(kind="mediation") & Q(colleague=None)),
                name="support_mediation_names_a_colleague",
            ),
            models.CheckConstraint(
                condition=Q(colleague=None) | ~Q(colleague=F("person")),
                name="support_not_with_oneself",
            ),
            # Neither of the two mediates.
            models.CheckConstraint(
                condition=Q(helper=None)
                | (~Q(helper=F("person")) & (Q(colleague=None) | ~Q(helper=F("colleague")))),
                name="support_helped_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("taken", "done"))
                | Q(helper__isnull=False, help_by__isnull=False),
                name="support_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(outcome=""), name="support_done_with_outcome"
            ),
        ]

    if TYPE_CHECKING:
        person_id: int
        colleague_id: int | None
        helper_id: int | None

    def __str__(self) -> str:
        return self.request_no

    @property
    def is_mediation(self) -> bool:
        return self.kind == self.Kind.MEDIATION

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.ASKED

    @property
    def is_taken(self) -> bool:
        return self.state == self.State.TAKEN
