"""The company's bank account: its statements, their lines, and which payments they stand for."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.money import ZERO, MoneyField
from receivables.bank.querysets import (
    BankDayQuerySet,
    BankLineQuerySet,
    BankMatchQuerySet,
    BankQuerySet,
)
from receivables.models.slips import Payment


class BankLayout(models.Model):
    """Which column of a bank's table is which: said once, and known again by its headers."""

    signature = models.CharField(max_length=64, unique=True)
    headers = models.JSONField(_("headers"))
    columns = models.JSONField(_("columns"))
    said_at = models.DateTimeField(_("said at"), default=clock.now)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("said by"),
    )

    class Meta:
        verbose_name = _("layout of a bank's table")
        verbose_name_plural = _("layouts of banks' tables")

    def __str__(self) -> str:
        return self.signature[:12]


class BankStatement(models.Model):
    """A bank's file that was sent: kept until its lines are taken, or for a day.

    `files`: name, place below the folder, size and sha256, as `core.imports.keeping` writes them.
    `found`: what a look at it said. What is taken is what was looked at, to the byte.
    """

    class State(models.TextChoices):
        COLUMNS = "columns", _("columns to be named")
        READ = "read", _("looked through")
        ASKED = "asked", _("being taken")
        TAKEN = "taken", _("taken")
        DROPPED = "dropped", _("not taken")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by")
    )
    at = models.DateTimeField(_("at"), default=clock.now)
    asked_at = models.DateTimeField(_("asked to be taken"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.COLUMNS
    )
    name = models.CharField(_("file"), max_length=200)
    folder = models.CharField(max_length=64, unique=True)
    files = models.JSONField(default=list)
    header_line = models.PositiveIntegerField(_("line of the header"))
    headers = models.JSONField(_("headers"), default=list)
    columns = models.JSONField(_("columns"), default=dict)
    found = models.JSONField(_("found"), default=dict)

    objects = BankQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "at"], name="bankstatement_expiry")]

    def __str__(self) -> str:
        return str(self.pk)


class BankLine(models.Model):
    """One line of a statement, as the bank wrote it, and what it was found to be.

    `aside`: how much of it is no customer's payment for a slip, with the reason. What is matched
    (its standing matches) and what is aside make up the amount once nothing is left to find.
    Outgoing lines are kept apart: nothing is looked for.
    """

    class State(models.TextChoices):
        UNMATCHED = "unmatched", _("unmatched")
        DOUBTFUL = "doubtful", _("doubtful")
        MATCHED = "matched", _("matched")
        ASIDE = "aside", _("not a customer's payment")
        OUTGOING = "outgoing", pgettext_lazy("bank", "outgoing")

    LEFT = (State.UNMATCHED, State.DOUBTFUL)

    statement = models.ForeignKey(
        BankStatement, models.PROTECT, related_name="lines", verbose_name=_("bank statement")
    )
    number = models.PositiveIntegerField(_("line"))
    # The same line of the same bank, in whatever file it comes.
    key = models.CharField(max_length=64, unique=True)
    booked_at = models.DateTimeField(_("booked at"))
    has_time = models.BooleanField(_("with the time of day"))
    day = models.DateField(_("day"), db_index=True)
    amount = MoneyField(_("amount"))
    comes_in = models.BooleanField(_("came in"))
    payer = models.CharField(_("other party"), max_length=200, blank=True)
    account = models.CharField(_("account"), max_length=200, blank=True, db_index=True)
    memo = models.CharField(_("memo"), max_length=200, blank=True)
    serial = models.CharField(_("serial no."), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    # What it may be, the likeliest first, as the matching left it (`proposals`).
    proposals = models.JSONField(_("proposals"), default=list)
    aside = MoneyField(_("not for a slip"), default=ZERO)
    reason = models.TextField(_("reason"), blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    # None: the program was certain.
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )
    # Counts the changes: who settles what another settled meanwhile is told.
    version = models.PositiveIntegerField(default=0)

    objects = BankLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank line")
        verbose_name_plural = _("bank lines")
        ordering = ["booked_at", "id"]
        indexes = [
            models.Index(
                "day", condition=Q(state__in=("doubtful", "unmatched")), name="bankline_left"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="bankline_amount_positive"),
            models.CheckConstraint(
                condition=Q(aside__gte=0) & Q(aside__lte=F("amount")),
                name="bankline_aside_of_its_amount",
            ),
            models.CheckConstraint(
                condition=Q(comes_in=False, state="outgoing")
                | Q(comes_in=True) & ~Q(state="outgoing"),
                name="bankline_outgoing_is_apart",
            ),
            # What nobody pays for is said why, and what is left to find says nothing yet.
            models.CheckConstraint(
                condition=Q(aside=0) | ~Q(reason=""), name="bankline_aside_with_reason"
            ),
            models.CheckConstraint(
                name="bankline_settled_is_dated",
                condition=Q(state__in=("matched", "aside"), settled_at__isnull=False)
                | Q(
                    state__in=("unmatched", "doubtful", "outgoing"),
                    settled_at=None,
                    settled_by=None,
                    aside=0,
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="aside") | Q(aside=F("amount")), name="bankline_aside_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_left(self) -> bool:
        return self.state in self.LEFT


class BankMatch(models.Model):
    """How much of a line stands for which payment.

    `made`: the payment was not recorded before, the line brought it. `found`: why the program
    proposed it, as it stood (confidence and reasons); empty where finance chose by hand. Undone it
    stays, with the reason.
    """

    line = models.ForeignKey(
        BankLine, models.PROTECT, related_name="matches", verbose_name=_("bank line")
    )
    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="bank_matches", verbose_name=_("payment")
    )
    amount = MoneyField(_("amount"))
    made = models.BooleanField(_("payment made from the line"))
    found = models.JSONField(_("why"), default=dict)
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("matched by"),
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone_reason = models.TextField(_("why it was undone"), blank=True)

    objects = BankMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank match")
        verbose_name_plural = _("bank matches")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="bankmatch_amount_positive"),
            # A line stands for a payment once at a time.
            models.UniqueConstraint(
                fields=["line", "payment"],
                condition=Q(undone_at=None),
                name="bankmatch_once_at_a_time",
            ),
            models.CheckConstraint(
                name="bankmatch_undone_with_reason",
                condition=Q(undone_at=None, undone_reason="")
                | Q(undone_at__isnull=False) & ~Q(undone_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.payment_id}"


class BankDay(models.Model):
    """A day of the account: reconciled once nothing of it is left, and by whom (no one: by itself).

    Kept by the services under the day's lock and held against the lines by `verify`.
    """

    day = models.DateField(_("day"), unique=True)
    reconciled_at = models.DateTimeField(_("reconciled at"), null=True, blank=True)
    reconciled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reconciled by"),
    )

    objects = BankDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of the bank")
        verbose_name_plural = _("days of the bank")
        ordering = ["-day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reconciled_by=None) | Q(reconciled_at__isnull=False),
                name="bankday_reconciled_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return str(self.day)
