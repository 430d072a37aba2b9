"""The ledger and what stands beside it: months, duties, findings, waivers (PAY-1, PAY-2)."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from core.append_only import AppendOnly
from core.money import ZERO, MoneyField
from core.months import MonthField
from payroll.querysets import EntryQuerySet, NoteQuerySet, PayQuerySet
from payroll.rules import PERSONAL, signed
from payroll.rules import Account as AccountName
from payroll.rules.appeals import Window
from payroll.simulation.models import PolicySimulation as PolicySimulation
from payroll.simulation.models import SimulationRow as SimulationRow


class Account(models.TextChoices):
    COMPANY = AccountName.COMPANY.value, _("company")
    POOL = AccountName.POOL.value, _("pool")
    CASH = AccountName.CASH.value, _("cash")
    BANK = AccountName.BANK.value, _("bank")
    PAY = AccountName.PAY.value, _("pay")
    RESERVE = AccountName.RESERVE.value, _("reserve")
    ARREARS = AccountName.ARREARS.value, _("arrears")
    CARRIED = AccountName.CARRIED.value, _("carried")


class PayMonth(models.Model):
    """A calendar month of the books: open, closed (its statements are drafts) or final."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("draft")
        FINAL = "final", _("final")

    month = MonthField(_("month"), unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    # Counts the closes: two that overlap see it move, and the one that read first starts again.
    version = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_as_of = models.DateTimeField(_("closed as of"), null=True, blank=True)
    # Since when the draft stands: the first close after the month's end was done. From here on it
    # can be acknowledged and objected to (PAY-2); later closes do not begin that anew.
    draft_at = models.DateTimeField(_("draft since"), null=True, blank=True)
    # The last day on which that can be done, as people were told it when the draft came.
    objections_until = models.DateField(_("objections until"), null=True, blank=True)
    # Tripwires: what has been posted on this month's statements, counted as it was posted. An entry
    # that vanishes, appears or changes behind the program's back leaves them not adding up.
    posted_entries = models.PositiveIntegerField(default=0)
    posted_total = MoneyField(default=ZERO)
    # The groups' versions, added up, when the part that concerns everybody was last reckoned: while
    # they add up to something else, a close is under way, or was broken off.
    reckoned = models.PositiveIntegerField(default=0)
    final_at = models.DateTimeField(_("final at"), null=True, blank=True)
    final_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made final by"),
    )

    class Meta:
        verbose_name = _("pay month")
        verbose_name_plural = _("pay months")
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                name="paymonth_final_is_dated",
                condition=~Q(state="final") | Q(final_at__isnull=False),
            ),
            # Who is told that a draft stands is told until when it can be objected to.
            models.CheckConstraint(
                name="paymonth_draft_has_window",
                condition=Q(draft_at=None, objections_until=None)
                | Q(draft_at__isnull=False, objections_until__isnull=False),
            ),
            models.CheckConstraint(
                name="paymonth_closed_is_dated",
                condition=Q(state="open") | Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.month)

    @property
    def is_final(self) -> bool:
        return self.state == self.State.FINAL

    @property
    def window(self) -> Window | None:
        """The days in which the drafts can be acknowledged or objected to; None as long as they
        do not stand.

        It begins with the day on which the first close after the month's end was done: before,
        nobody could have read what the whole month came to.
        """
        if self.draft_at is None or self.objections_until is None:
            return None
        return Window(clock.local_date(self.draft_at), self.objections_until)


class MonthGroup(models.Model):
    """What the close of a month came to for one group of salespeople.

    `totals` (charges by rule, in yuan) and `marks` (employee numbers by rule) are what the part
    that concerns everybody builds on. `set_aside`: those whose records could not be reckoned, and
    why; nothing of theirs was touched.
    """

    month = MonthField(_("month"))
    number = models.PositiveIntegerField(_("group"))
    version = models.PositiveIntegerField(default=0)
    closed_as_of = models.DateTimeField(_("closed as of"), null=True, blank=True)
    totals = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    set_aside = models.JSONField(_("set aside"), default=dict)

    class Meta:
        verbose_name = _("group of a month")
        verbose_name_plural = _("groups of a month")
        constraints = [
            models.UniqueConstraint(fields=["month", "number"], name="monthgroup_once"),
        ]

    def __str__(self) -> str:
        return f"{self.month}/{self.number}"


class Entry(AppendOnly):
    """One movement of money between two accounts. Never changed: a correction is a reversal.

    `pay_month`: the statement it stands on. `for_month`: the month it is about; later than the
    other only when a final month had to be corrected.
    """

    refuse_insert_when = (
        "EXISTS (SELECT 1 FROM payroll_paymonth m WHERE m.state = 'final' "
        "AND m.month >= NEW.pay_month)"
    )

    class Purpose(models.TextChoices):
        CHARGE = "charge", _("charge")
        SETTLEMENT = "settlement", _("settlement")

    key = models.CharField(_("key"), max_length=300)
    sequence = models.PositiveIntegerField(default=0)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.CHARGE)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("salesperson"),
    )
    rule = models.CharField(_("rule"), max_length=10)
    pay_month = MonthField(_("pay month"))
    for_month = MonthField(_("for month"))
    source = models.CharField(_("from"), max_length=10, choices=Account.choices)
    target = models.CharField(_("to"), max_length=10, choices=Account.choices)
    amount = MoneyField(_("amount"))
    policy_on = models.DateField(_("policy of"))
    arithmetic = models.JSONField(_("arithmetic"))
    evidence = models.JSONField(_("evidence"))
    digest = models.CharField(max_length=64)
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversal",
        verbose_name=_("reverses"),
    )
    posted_at = models.DateTimeField(_("posted at"), default=clock.now)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("posted by"),
    )
    job = models.CharField(_("job"), max_length=40)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["pay_month", "person"], name="entry_statement"),
            models.Index(fields=["for_month"], name="entry_for_month"),
            models.Index(fields=["key"], name="entry_key"),
            # The pool's balance is asked for by every close, and few entries touch it.
            models.Index(
                fields=["for_month"],
                name="entry_pool",
                condition=Q(source="pool") | Q(target="pool"),
            ),
        ]
        constraints = [
            # Money moves by positive amounts; the accounts say which way.
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_amount_positive"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="entry_moves"),
            # The same finding is never entered twice, whatever is run again (PAY-1).
            models.UniqueConstraint(
                fields=["for_month", "key", "sequence"],
                name="entry_once",
                condition=Q(reverses=None),
            ),
            # Corrections look back, never ahead.
            models.CheckConstraint(
                condition=Q(pay_month__gte=F("for_month")), name="entry_pays_for_the_past"
            ),
            # A personal account has an owner.
            models.CheckConstraint(
                name="entry_personal_account_has_person",
                condition=Q(person__isnull=False)
                | (~Q(source__in=sorted(PERSONAL)) & ~Q(target__in=sorted(PERSONAL))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.amount}"

    @property
    def employee_no(self) -> str:
        return self.person.employee_no if self.person else ""

    @property
    def on_pay(self) -> Decimal:
        """Signed yuan on the statement: plus is what the salesperson gets."""
        return signed(self.source, self.target, self.amount)


class EmploymentTerms(AppendOnly):
    """On what terms a salesperson was employed when a month became final.

    A rise, a new channel or another role on the people's file is of today; a final month that is
    looked at again must not be reckoned on it.
    """

    month = MonthField(_("month"))
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="terms", verbose_name=_("salesperson")
    )
    channel = models.CharField(_("channel"), max_length=10, blank=True)
    hired_on = models.DateField(_("hired on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    base_salary = MoneyField(_("base salary"))

    objects = PayQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of employment")
        verbose_name_plural = _("terms of employment")
        constraints = [
            models.UniqueConstraint(fields=["month", "person"], name="terms_once_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.person_id}"


class Waiver(models.Model):
    """A charge forgiven by the manager: while it stands, the charge is not wanted."""

    key = models.CharField(_("key"), max_length=300)
    reason = models.TextField(_("reason"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("granted by"),
    )
    granted_at = models.DateTimeField(_("granted at"), default=clock.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawal_reason = models.TextField(_("why it was withdrawn"), blank=True)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            # A charge is forgiven once at a time.
            models.UniqueConstraint(
                fields=["key"], condition=Q(withdrawn_at=None), name="waiver_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_reason"),
            # Who takes a word back says why as well.
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawal_reason=""),
                name="waiver_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class MonthNote(models.Model):
    """What a close found besides money; converges like the ledger while the month is open."""

    key = models.CharField(_("key"), max_length=300, unique=True)
    month = MonthField(_("month"), db_index=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("salesperson")
    )
    rule = models.CharField(_("rule"), max_length=10)

    objects = NoteQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class Duty(MonthNote):
    """Something owed in kind (VIS-2: an office cleaning)."""

    points = models.IntegerField(_("points"))

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")


class Finding(MonthNote):
    """Something the company has to know or to decide on; `days` is what it counts."""

    days = models.DecimalField(_("days"), max_digits=5, decimal_places=1)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
