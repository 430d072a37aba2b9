"""Visit records (VIS-1)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from customers.models.fields import login_field
from customers.models.files import Customer
from customers.querysets.visits import VisitQuerySet


class Visit(models.Model):
    """A visit record 拜访记录; a supervisor can void one that is not genuine (VIS-1).

    `at` is when the visit was, `recorded_at` when we heard of it. A visit is in force unless it is
    `void`; who voided it, what the salesperson said to that, and who restored it, stand beside.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("first visit")
        RETURN = "return", _("return visit")
        TELEPHONE = "telephone", _("telephone")
        AFTER_SALES = "after-sales", _("after-sales")

    class Outcome(models.TextChoices):
        ORDER = "order", pgettext_lazy("visit", "order placed")
        QUOTE = "quote", pgettext_lazy("visit", "wants an offer")
        INTEREST = "interest", pgettext_lazy("visit", "interested")
        GOES_ON = "goes_on", pgettext_lazy("visit", "to be followed up")
        SETTLED = "settled", pgettext_lazy("visit", "matter settled")
        NO_NEED = "no_need", pgettext_lazy("visit", "no need now")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="visits", verbose_name=_("salesperson")
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="visits", verbose_name=_("customer")
    )
    at = models.DateTimeField(_("at"), db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    content = models.TextField(_("what was said"), blank=True)
    void = models.BooleanField(_("void"), default=False)
    # What follows is not in the company's table: left alone by a load, empty without one.
    outcome = models.CharField(
        _("outcome"), max_length=10, blank=True, default="", db_default="", choices=Outcome.choices
    )
    next_step = models.CharField(
        _("next step"), max_length=200, blank=True, default="", db_default=""
    )
    next_on = models.DateField(_("next step by"), null=True, blank=True)
    next_done_at = models.DateTimeField(_("next step done"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    accuracy = models.PositiveIntegerField(_("within metres"), null=True, blank=True)
    voided_by = login_field(_("voided by"))
    voided_at = models.DateTimeField(_("voided"), null=True, blank=True)
    void_reason = models.TextField(_("why void"), blank=True, default="", db_default="")
    reply = models.TextField(_("the salesperson's reply"), blank=True, default="", db_default="")
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    settled_by = login_field(_("decided by"))
    settled_at = models.DateTimeField(_("decided"), null=True, blank=True)
    settled_reason = models.TextField(
        _("reason of the decision"), blank=True, default="", db_default=""
    )
    version = models.PositiveIntegerField(default=0, db_default=0)
    # Made by the form: sent twice, it is one visit.
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.UniqueConstraint(fields=["person", "customer", "at"], name="visit_once"),
            # A next step has its day: without one it would be on no desk.
            models.CheckConstraint(
                name="visit_next_step_is_dated",
                condition=Q(next_step="", next_on=None)
                | (~Q(next_step="") & Q(next_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="visit_place_on_earth",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]
        indexes = [
            # When a customer was last called on is asked for all of them at once.
            models.Index("customer", "at", name="visit_of_customer"),
            # Nearly all are done or have none: those open are looked for on every desk.
            models.Index(
                "person",
                condition=Q(next_on__isnull=False, next_done_at=None),
                name="visit_next_step_open",
            ),
        ]

    if TYPE_CHECKING:
        person_id: int
        customer_id: int
        voided_by_id: int | None

    def __str__(self) -> str:
        return f"{self.person_id}/{self.customer_id}/{self.at:%F %T}"

    @property
    def came_late(self) -> bool:
        """Whether we heard of it on a later day than its own."""
        return bool(
            self.recorded_at and clock.local_date(self.recorded_at) > clock.local_date(self.at)
        )

    @property
    def has_open_step(self) -> bool:
        return self.next_on is not None and self.next_done_at is None
