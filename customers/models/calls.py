"""Telephone sales: scripts, calls, and who is not to be disturbed (VIS-4)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from core.append_only import AppendOnly
from customers.models.fields import login_field
from customers.models.files import Customer
from customers.models.visits import Visit
from customers.querysets.calls import CallQuerySet, QuietMarkQuerySet, ScriptQuerySet


class CallScript(AppendOnly):
    """A version of what the company has said on the telephone, step by step (S6.18).

    A version, once written, stays: a call names the one it followed. The latest of its purpose is
    the one in force. `steps`: pairs of what the step is called and what is said in it.
    """

    class Purpose(models.TextChoices):
        FIRST = "first", pgettext_lazy("script", "first call")
        AGAIN = "again", pgettext_lazy("script", "later calls")

    purpose = models.CharField(_("for"), max_length=5, choices=Purpose.choices)
    number = models.PositiveIntegerField(_("version"))
    steps = models.JSONField(_("steps"))
    written_by = login_field(_("written by"))
    written_at = models.DateTimeField(_("written"), default=clock.now)

    objects = ScriptQuerySet.as_manager()

    class Meta:
        verbose_name = _("telephone script")
        verbose_name_plural = _("telephone scripts")
        constraints = [
            # Two who write at once: the second one is told.
            models.UniqueConstraint(fields=["purpose", "number"], name="callscript_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}/{self.number}"


class Call(models.Model):
    """A call to a customer, reserved before the number is shown (VIS-4).

    It counts from then on, whatever came of it. `on`: its day on the company's clock. Whom it
    reached has a visit record of it. A finished call stays as it is, but for `back_done_at`.
    """

    class Outcome(models.TextChoices):
        REACHED = "reached", pgettext_lazy("call", "reached")
        NOT_REACHED = "not_reached", pgettext_lazy("call", "not reached")
        CALL_BACK = "call_back", pgettext_lazy("call", "wants a call back")
        NOT_INTERESTED = "not_interested", pgettext_lazy("call", "not interested")
        DO_NOT_DISTURB = "do_not_disturb", pgettext_lazy("call", "do not disturb")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="calls", verbose_name=_("salesperson")
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="calls", verbose_name=_("customer")
    )
    on = models.DateField(_("day"))
    started_at = models.DateTimeField(_("called"), default=clock.now)
    ended_at = models.DateTimeField(_("finished"), null=True, blank=True)
    script = models.ForeignKey(
        CallScript,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="calls",
        verbose_name=_("telephone script"),
    )
    steps_done = models.JSONField(_("steps followed"), default=list)
    skipped_reason = models.CharField(_("why steps were skipped"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=14, blank=True, choices=Outcome.choices)
    note = models.TextField(pgettext_lazy("call", "note"), blank=True)
    back_at = models.DateTimeField(_("call back at"), null=True, blank=True)
    back_done_at = models.DateTimeField(_("called back"), null=True, blank=True)
    visit = models.OneToOneField(
        Visit, models.PROTECT, null=True, blank=True, related_name="call", verbose_name=_("visit")
    )

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("telephone", "call")
        verbose_name_plural = pgettext_lazy("telephone", "calls")
        constraints = [
            # Nobody talks on two telephones: the second tap finds the call of the first.
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="call_one_open"
            ),
            models.CheckConstraint(
                name="call_ends_with_an_outcome",
                condition=Q(ended_at=None, outcome="")
                | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="call_back_has_its_time",
                condition=Q(back_at__isnull=False) | ~Q(outcome="call_back"),
            ),
            # Who does not want to be called has no time at which they are.
            models.CheckConstraint(
                name="call_back_is_wanted",
                condition=Q(back_at=None)
                | (
                    Q(outcome__in=("reached", "not_reached", "call_back"))
                    & Q(back_at__gt=F("started_at"))
                ),
            ),
            models.CheckConstraint(
                name="call_back_done_was_to_do",
                condition=Q(back_done_at=None) | Q(back_at__isnull=False),
            ),
        ]
        indexes = [
            # How often a customer was called on a day is asked before each call.
            models.Index(fields=["customer", "on"], name="call_of_customer"),
            models.Index(fields=["person", "on"], name="call_of_person"),
            # Nearly all are done: those open are looked for on every desk, and every minute.
            models.Index(
                "back_at",
                condition=Q(back_at__isnull=False, back_done_at=None),
                name="call_back_open",
            ),
        ]

    if TYPE_CHECKING:
        person_id: int
        customer_id: int
        script_id: int | None
        visit_id: int | None

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def kept_as(self) -> str:
        """What stands in its form as the phone keeps it, and in no other's: once the call is told,
        the phone forgets by it what was typed."""
        return f"call/{self.pk}/"

    @property
    def has_open_back(self) -> bool:
        return self.back_at is not None and self.back_done_at is None


class QuietMark(models.Model):
    """That a customer is not to be disturbed: who marked it, when, why; who lifted it (S6.20).

    `Customer.do_not_disturb` says whether it is so now; this is how that came to be.
    """

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="quiet_marks", verbose_name=_("customer")
    )
    reason = models.CharField(_("reason"), max_length=500)
    marked_by = login_field(_("marked by"))
    marked_at = models.DateTimeField(_("marked"), default=clock.now)
    lifted_by = login_field(_("lifted by"))
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lift_reason = models.CharField(_("why lifted"), max_length=500, blank=True)

    objects = QuietMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("do-not-disturb mark")
        verbose_name_plural = _("do-not-disturb marks")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(lifted_at=None), name="quietmark_one_standing"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="quietmark_has_reason"),
            models.CheckConstraint(
                name="quietmark_lifted_with_reason",
                condition=Q(lifted_at=None, lift_reason="")
                | (Q(lifted_at__isnull=False) & ~Q(lift_reason="")),
            ),
        ]

    if TYPE_CHECKING:
        customer_id: int

    def __str__(self) -> str:
        return str(self.pk)
