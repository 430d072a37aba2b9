"""Complaints of customers, what was done about them, what the customer says of it (COM-1)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from customers.models.files import Customer
from customers.models.visits import Visit
from customers.querysets.complaints import ComplaintQuerySet, OfComplaints


class Complaint(models.Model):
    """A complaint 投诉: from whom, about what, about whom; opened, handled, answered, confirmed.

    `customer` is set where what was typed names one file; it shows nothing of it. `due_on` is the
    last day to answer; a complaint that is opened again has a new one. `in_time` is said of the
    first answer, and stays.
    """

    class Category(models.TextChoices):
        QUALITY = "quality", _("quality of goods")
        DELIVERY = "delivery", pgettext_lazy("complaint", "delivery")
        SERVICE = "service", _("after-sales service")
        CONDUCT = "conduct", _("conduct of a salesperson")
        PRICE = "price", _("price or invoice")
        OTHER = "other", pgettext_lazy("complaint", "other")

    class Channel(models.TextChoices):
        TELEPHONE = "telephone", _("by telephone")
        PERSON = "person", _("in person")
        MESSAGE = "message", _("by message")
        LETTER = "letter", _("by letter or e-mail")

    class State(models.TextChoices):
        OPENED = "opened", pgettext_lazy("complaint", "to assign")
        HANDLED = "handled", pgettext_lazy("complaint", "being handled")
        ANSWERED = "answered", pgettext_lazy("complaint", "answered")
        CONFIRMED = "confirmed", pgettext_lazy("complaint", "confirmed by the customer")

    customer_name = models.CharField(_("customer"), max_length=120)
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
        verbose_name=_("customer's file"),
    )
    contact = models.CharField(_("who complains"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    category = models.CharField(_("what kind"), max_length=10, choices=Category.choices)
    subject = models.CharField(_("in one line"), max_length=80)
    text = models.TextField(_("what happened"))
    about = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
        verbose_name=_("about whom"),
    )
    goods = models.CharField(_("which goods or delivery"), max_length=120, blank=True)
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPENED)
    taken_by = models.ForeignKey(
        Person, models.PROTECT, related_name="complaints_taken", verbose_name=_("taken in by")
    )
    opened_at = models.DateTimeField(pgettext_lazy("complaint", "came in"), default=clock.now)
    opened_on = models.DateField(_("day"), db_index=True)
    due_on = models.DateField(_("answer by"))
    handler = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints_handled",
        verbose_name=_("handled by"),
    )
    hearing_at = models.DateTimeField(_("hearing begun"), null=True, blank=True)
    answer = models.TextField(_("answer to the customer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    in_time = models.BooleanField(_("answered in time"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True, blank=True)
    times_opened = models.PositiveSmallIntegerField(_("times opened"), default=1)
    version = models.PositiveIntegerField(default=0)
    # Made by the form: sent twice, it is one complaint.
    token = models.UUIDField(unique=True, default=uuid4)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["-opened_on", "-id"]
        indexes = [
            # Nearly all are answered: those whose time runs are looked for on every desk.
            models.Index(
                "due_on",
                condition=Q(state__in=["opened", "handled"]),
                name="complaint_time_runs",
            ),
        ]
        constraints = [
            # Nobody handles what is about them, whoever assigned it.
            models.CheckConstraint(
                condition=Q(about=None) | Q(handler=None) | ~Q(handler=F("about")),
                name="complaint_not_by_its_subject",
            ),
            models.CheckConstraint(
                condition=Q(state="opened") | Q(handler__isnull=False),
                name="complaint_has_handler",
            ),
            # Confirmed is what was answered.
            models.CheckConstraint(
                condition=Q(state__in=["opened", "handled"])
                | (~Q(answer="") & Q(answered_at__isnull=False, in_time__isnull=False)),
                name="complaint_answer_is_said",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at=None)),
                name="complaint_confirmed_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__gte=1, satisfaction__lte=5),
                name="complaint_satisfaction_1_to_5",
            ),
        ]

    if TYPE_CHECKING:
        about_id: int | None
        handler_id: int | None
        taken_by_id: int
        customer_id: int | None

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_unanswered(self) -> bool:
        return self.state in (self.State.OPENED, self.State.HANDLED)

    @property
    def due_at(self) -> datetime:
        """The last second to answer."""
        return clock.end_of(self.due_on) - timedelta(seconds=1)

    @property
    def is_overdue(self) -> bool:
        return self.is_unanswered and clock.today() > self.due_on


class ComplaintStep(models.Model):
    """One thing that happened about a complaint. By nobody: the customer said it by the link."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", pgettext_lazy("complaint", "assigned")
        HEARING = "hearing", pgettext_lazy("complaint", "hearing begun")
        REPLY = "reply", pgettext_lazy("complaint", "whom it is about says")
        NOTE = "note", pgettext_lazy("complaint", "done about it")
        VISIT = "visit", pgettext_lazy("complaint", "after-sales visit")
        ANSWERED = "answered", pgettext_lazy("complaint", "answered to the customer")
        CONFIRMED = "confirmed", pgettext_lazy("complaint", "solved, says the customer")
        REOPENED = "reopened", pgettext_lazy("complaint", "not solved: opened again")

    complaint = models.ForeignKey(
        Complaint, models.PROTECT, related_name="steps", verbose_name=_("complaint")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("on"))
    at = models.DateTimeField(_("written"), default=clock.now)
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    text = models.TextField(_("text"), blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True, blank=True)
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("visit")
    )
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = OfComplaints.as_manager()

    class Meta:
        verbose_name = _("step of a complaint")
        verbose_name_plural = _("steps of complaints")
        ordering = ["at", "id"]
        constraints = [
            # The same visit recorded twice is one step.
            models.UniqueConstraint(
                fields=["complaint", "visit"],
                condition=Q(visit__isnull=False),
                name="complaintstep_visit_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}/{self.kind}"


class ComplaintLink(models.Model):
    """A link with which a customer says once how it went, without a login.

    Its address is `key` signed with the program's secret: who reads the table cannot make one.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("complaint", "open")
        USED = "used", _("used")
        WITHDRAWN = "withdrawn", _("withdrawn")

    complaint = models.ForeignKey(
        Complaint, models.PROTECT, related_name="links", verbose_name=_("complaint")
    )
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), default=clock.now)
    expires_at = models.DateTimeField(_("expires at"))

    class Meta:
        verbose_name = _("customer's link")
        verbose_name_plural = _("customers' links")
        constraints = [
            # Two open ones would be two answers of one customer.
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(state="open"), name="complaintlink_one_open"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="complaintlink_lasts_a_while"
            ),
        ]

    if TYPE_CHECKING:
        complaint_id: int

    def __str__(self) -> str:
        return f"{self.complaint_id}/{self.pk}"
