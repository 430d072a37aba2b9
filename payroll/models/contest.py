"""What people say to their statements: appeals, acknowledgements, and who asks for final."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from core.append_only import AppendOnly
from core.months import MonthField
from payroll.querysets import AppealQuerySet, PayQuerySet
from payroll.rules.appeals import Decider


class Appeal(models.Model):
    """A salesperson objects to a line of the own statement (PAY-3).

    `entry`: the one that stood when it was filed; `key` and `for_month` name the charge itself,
    whatever is posted and taken back under it later. `goes_to`: the role that decides.
    """

    class State(models.TextChoices):
        OPEN = "open", _("being looked at")
        RETURNED = "returned", _("more is asked")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn by the salesperson")

    UNDECIDED = (State.OPEN, State.RETURNED)

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="appeals", verbose_name=_("salesperson")
    )
    entry = models.ForeignKey(
        "payroll.Entry", models.PROTECT, related_name="+", verbose_name=_("entry")
    )
    key = models.CharField(_("key"), max_length=300)
    for_month = MonthField(_("for month"))
    pay_month = MonthField(_("pay month"), db_index=True)
    text = models.TextField(_("what is wrong"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    goes_to = models.CharField(
        _("decided by"),
        max_length=10,
        choices=[
            (Decider.MANAGER.value, _("sales manager")),
            (Decider.LEADER.value, _("company leader")),
            (Decider.PERSONNEL.value, _("personnel")),
        ],
    )
    # Made by the form: sent twice, it files one appeal.
    token = models.UUIDField(unique=True)
    # Counts the changes: who decides on what has been added to meanwhile is told.
    version = models.PositiveIntegerField(default=0)
    filed_at = models.DateTimeField(_("filed at"), default=clock.now)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("filed by"),
    )
    deadline = models.DateTimeField(_("to be decided by"))
    reply = models.TextField(_("reason of the decision"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-id"]
        indexes = [
            # What waits is asked for by every desk, and is little among all there ever was.
            models.Index(
                fields=["deadline"],
                name="appeal_undecided",
                condition=Q(state__in=("open", "returned")),
            ),
        ]
        constraints = [
            # A charge is contested once at a time.
            models.UniqueConstraint(
                fields=["for_month", "key"],
                name="appeal_open_once",
                condition=Q(state__in=("open", "returned")),
            ),
            models.CheckConstraint(condition=~Q(text=""), name="appeal_says_something"),
            # A decision has its reason and its hour, and nothing undecided has.
            models.CheckConstraint(
                name="appeal_decided_with_reason",
                condition=Q(state__in=("granted", "refused"), decided_at__isnull=False)
                & ~Q(reply="")
                | Q(state="withdrawn", decided_at__isnull=False)
                | Q(state__in=("open", "returned"), decided_at=None, reply=""),
            ),
            models.CheckConstraint(
                condition=Q(pay_month__gte=models.F("for_month")),
                name="appeal_pays_for_the_past",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.key}"

    @property
    def is_undecided(self) -> bool:
        return self.state in self.UNDECIDED


class AppealMessage(AppendOnly):
    """One word of the talk about an appeal; what was said stays said."""

    appeal = models.ForeignKey(
        Appeal, models.PROTECT, related_name="messages", verbose_name=_("appeal")
    )
    at = models.DateTimeField(_("at"), default=clock.now)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    text = models.TextField(_("text"))
    # Sent twice, it is said once.
    token = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="appealmessage_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.at:%F %T}"


class StatementReview(models.Model):
    """That a salesperson has read the draft of a month, and acknowledged it (PAY-2).

    `seen_entry`: the newest of the statement's entries at that time, `digest` a fingerprint of its
    lines. Whether the acknowledgement still stands is not kept: what was posted since says it
    (`querysets.changed_since_acknowledged`).
    """

    class State(models.TextChoices):
        READ = "read", _("read")
        ACKNOWLEDGED = "acknowledged", _("acknowledged")

    month = MonthField(_("month"))
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="reviews", verbose_name=_("salesperson")
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.READ)
    read_at = models.DateTimeField(_("read at"), default=clock.now)
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True)
    seen_entry = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    objects = PayQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a statement")
        verbose_name_plural = _("reviews of statements")
        constraints = [
            models.UniqueConstraint(fields=["month", "person"], name="review_once_a_month"),
            # What was acknowledged, and when, is known.
            models.CheckConstraint(
                name="review_acknowledged_is_dated",
                condition=Q(state="read", acknowledged_at=None)
                | Q(state="acknowledged", acknowledged_at__isnull=False) & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.person_id}"


class FinalRequest(models.Model):
    """One of finance and the manager asks that a month be final; the other confirms (PAY-2).

    `posted_entries`: what had been posted on the month when it was asked. The other confirms the
    same, or has to look again.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        CONFIRMED = "confirmed", _("confirmed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    month = MonthField(_("month"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    early_reason = models.TextField(_("why before the time is over"), blank=True)
    posted_entries = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ended by"),
    )

    class Meta:
        verbose_name = _("request for final")
        verbose_name_plural = _("requests for final")
        constraints = [
            # One is asked at a time, or two would confirm each other's.
            models.UniqueConstraint(
                fields=["month"], name="finalrequest_once", condition=Q(state="asked")
            ),
            models.CheckConstraint(
                name="finalrequest_ended_is_dated",
                condition=Q(state="asked", ended_at=None)
                | ~Q(state="asked") & Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.month)
