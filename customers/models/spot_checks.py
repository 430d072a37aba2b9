"""Spot checks of return-visit records: the sample drawn, each check with its verdict (VIS-3)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from customers.models.fields import login_field
from customers.models.files import Customer
from customers.querysets.spot_checks import DrawQuerySet, SpotCheckQuerySet


class SpotCheckDraw(models.Model):
    """A sample of somebody's customers, drawn by the program for a day of inspection.

    `seed` and `among` are kept: whoever wants can draw again and must find the same
    (`customers.rules.spot_checks.drawn`).
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("salesperson")
    )
    on = models.DateField(_("day of inspection"))
    seed = models.CharField(_("seed"), max_length=32)
    among = models.JSONField(_("drawn among"))
    size = models.PositiveSmallIntegerField(_("how many"))
    judge_by = models.DateField(_("verdict by"))
    drawn_by = login_field(_("drawn by"))
    drawn_at = models.DateTimeField(_("drawn"), default=clock.now)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("sample of a spot check")
        verbose_name_plural = _("samples of spot checks")
        constraints = [
            # Whoever does not like a sample draws no other that day.
            models.UniqueConstraint(fields=["person", "on"], name="spotcheckdraw_once_a_day"),
        ]

    if TYPE_CHECKING:
        person_id: int
        drawn_by_id: int | None

    def __str__(self) -> str:
        return f"{self.person_id}/{self.on}"


class SpotCheck(models.Model):
    """A supervisor's check of return-visit records and its verdict (VIS-3).

    Without a verdict as long as it was only drawn. The fine follows the verdict "none", unless the
    salesperson's reply was `accepted`. `spoken_with`, `spoken_at`: who answered the telephone and
    when, where somebody did; words, so that they stay what was said when people there change.
    """

    class Verdict(models.TextChoices):
        RECORDS = "records", _("records found")
        NONE = "none", _("no record")

    class Phone(models.TextChoices):
        CONFIRMED = "confirmed", _("customer confirms the visits")
        DENIED = "denied", _("customer knows of no visit")
        UNREACHED = "unreached", _("nobody reached")
        NOT_CALLED = "not_called", pgettext_lazy("spot check", "not called")

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("reply", "accepted")
        REJECTED = "rejected", pgettext_lazy("reply", "rejected")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="spot_checks", verbose_name=_("salesperson")
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="spot_checks", verbose_name=_("customer")
    )
    checked_on = models.DateField(_("checked on"), db_index=True)
    verdict = models.CharField(_("verdict"), max_length=10, blank=True, choices=Verdict.choices)
    # What follows is not in the company's table: left alone by a load, empty without one.
    draw = models.ForeignKey(
        SpotCheckDraw,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="checks",
        verbose_name=_("sample of a spot check"),
    )
    records_read = models.BooleanField(_("records read"), default=False, db_default=False)
    times_compared = models.BooleanField(
        _("times and places compared"), default=False, db_default=False
    )
    phone = models.CharField(
        _("telephoned"),
        max_length=10,
        blank=True,
        default="",
        db_default="",
        choices=Phone.choices,
    )
    spoken_with = models.CharField(
        _("spoke with"), max_length=80, blank=True, default="", db_default=""
    )
    spoken_at = models.DateTimeField(_("spoke at"), null=True, blank=True)
    note = models.TextField(_("found"), blank=True, default="", db_default="")
    checked_by = login_field(_("checked by"))
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)
    reply_until = models.DateField(_("reply until"), null=True, blank=True)
    reply = models.TextField(_("the salesperson's reply"), blank=True, default="", db_default="")
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    answer = models.CharField(
        _("what came of the reply"),
        max_length=10,
        blank=True,
        default="",
        db_default="",
        choices=Answer.choices,
    )
    answered_by = login_field(_("decided by"))
    answered_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answered_reason = models.TextField(
        _("reason of the decision"), blank=True, default="", db_default=""
    )
    version = models.PositiveIntegerField(default=0, db_default=0)

    objects = SpotCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("spot check")
        verbose_name_plural = _("spot checks")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "customer", "checked_on"], name="spotcheck_once"
            ),
            # Only a reply that was made is accepted or rejected.
            models.CheckConstraint(
                name="spotcheck_answer_to_a_reply",
                condition=Q(answer="") | Q(replied_at__isnull=False),
            ),
            # Whom one spoke with has an instant, and said something. (Those judged before this was
            # asked for say neither.)
            models.CheckConstraint(
                name="spotcheck_spoken_with_and_when",
                condition=Q(spoken_with="", spoken_at=None)
                | (
                    Q(phone__in=("confirmed", "denied"), spoken_at__isnull=False)
                    & ~Q(spoken_with="")
                ),
            ),
        ]

    if TYPE_CHECKING:
        person_id: int
        customer_id: int
        draw_id: int | None
        checked_by_id: int | None

    def __str__(self) -> str:
        return f"{self.person_id}/{self.customer_id}/{self.checked_on}"

    @property
    def is_charged(self) -> bool:
        """Whether it is among what is charged that day (VIS-3)."""
        return self.verdict == self.Verdict.NONE and self.answer != self.Answer.ACCEPTED

    @property
    def standing(self) -> str:
        """How it stands, for a badge: `drawn`, `records`, `none`, `replied`, `accepted`."""
        if not self.verdict:
            return "drawn"
        if self.answer == self.Answer.ACCEPTED:
            return "accepted"
        if self.replied_at and not self.answer:
            return "replied"
        return self.verdict
