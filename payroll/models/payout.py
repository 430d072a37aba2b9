"""Where pay goes: people's bank accounts, and the batches that finance hands the bank (PAY-6)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from core.money import MoneyField
from core.months import MonthField
from payroll.payouts import BankAccountQuerySet, PayoutLineQuerySet, masked


class BankAccount(models.Model):
    """An account that somebody's pay goes to, from a day on. What is confirmed is never edited: a
    change is another account, confirmed by somebody else than whoever entered it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("not confirmed")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="bank_accounts", verbose_name=_("whose")
    )
    holder = models.CharField(_("account holder"), max_length=60)
    bank = models.CharField(_("bank"), max_length=60)
    branch = models.CharField(_("branch"), max_length=100, blank=True)
    number = models.CharField(_("account number"), max_length=30)
    valid_from = models.DateField(_("valid from"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"), default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                name="bankaccount_decided_has_decider",
                condition=Q(state="waiting", decided_by=None, decided_at=None)
                | (~Q(state="waiting") & Q(decided_by__isnull=False) & Q(decided_at__isnull=False)),
            ),
            # Nobody confirms what they entered: one pair of eyes could send pay anywhere.
            models.CheckConstraint(
                name="bankaccount_confirmed_by_another",
                condition=~Q(state="confirmed") | ~Q(decided_by=F("entered_by")),
            ),
            # A form sent twice enters one account.
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="waiting"),
                name="bankaccount_one_waits_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.masked}"

    @property
    def masked(self) -> str:
        return masked(self.number)


class PayoutBatch(models.Model):
    """What finance hands the bank at once: people of one final month with amounts and accounts.

    `sha256`: of the file as it was made; the same file is given again, never another.
    """

    month = MonthField(_("month"))
    number = models.PositiveIntegerField(_("batch"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), default=clock.now)
    count = models.PositiveIntegerField(_("payments"))
    total = MoneyField(_("total"))
    sha256 = models.CharField(_("control sum"), max_length=64)
    downloads = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        verbose_name = _("payout batch")
        verbose_name_plural = _("payout batches")
        ordering = ["-month", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["month", "number"], name="payoutbatch_number_once"),
            # An empty file pays nobody.
            models.CheckConstraint(
                name="payoutbatch_pays_somebody", condition=Q(count__gt=0, total__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month}/{self.number}"


class PayoutLine(models.Model):
    """One payment of a batch, to the account as it was then. Returned by the bank it is owed again,
    and goes into the next batch."""

    class State(models.TextChoices):
        SENT = "sent", _("with the bank")
        PAID = "paid", _("paid")
        RETURNED = "returned", _("returned")

    batch = models.ForeignKey(
        PayoutBatch, models.PROTECT, related_name="lines", verbose_name=_("batch")
    )
    month = MonthField(_("month"))
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("salesperson")
    )
    amount = MoneyField(_("amount"))
    holder = models.CharField(_("account holder"), max_length=60)
    bank = models.CharField(_("bank"), max_length=60)
    branch = models.CharField(_("branch"), max_length=100, blank=True)
    number = models.CharField(_("account number"), max_length=30)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SENT)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("told by"),
    )
    decided_at = models.DateTimeField(_("told at"), null=True, blank=True)

    objects = PayoutLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        ordering = ["id"]
        constraints = [
            # Nobody is paid twice for a month, whoever presses what how often.
            models.UniqueConstraint(
                fields=["month", "person"],
                condition=~Q(state="returned"),
                name="payoutline_paid_once",
            ),
            models.CheckConstraint(name="payoutline_amount_positive", condition=Q(amount__gt=0)),
            # Whoever is not paid is owed the reason why.
            models.CheckConstraint(
                name="payoutline_returned_has_reason",
                condition=~Q(state="returned") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.person_id} {self.amount}"

    @property
    def masked(self) -> str:
        return masked(self.number)
