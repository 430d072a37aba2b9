"""The invariants of the ledger (PAY-5), looked up in the rows themselves."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext_lazy as _

from core import append_only
from core.money import ZERO
from core.months import Month
from core.verification import Problem, dangling_references
from payroll.models import Entry, PayMonth, PayoutBatch, PayoutLine
from payroll.rules import PERSONAL, Account, digest_of
from policy.models import PolicyFreeze

# What a reversal says just as the entry it undoes.
COPIED = (
    "key", "sequence", "purpose", "person_id", "rule", "for_month", "amount", "policy_on",
    "arithmetic", "evidence", "digest",
)  # fmt: skip


def guards() -> Iterator[Problem]:
    """The append-only triggers stand, and every reference leads somewhere."""
    for name in append_only.missing():
        yield Problem("guards", name, _("a trigger is missing"))
    yield from dangling_references("guards")


def entries() -> Iterator[Problem]:
    """Each entry says what it said when it was posted, and each reversal undoes one entry."""
    yield from _malformed()
    yield from _doubled()
    for entry in Entry.objects.select_related("person", "reverses__person").iterator(2000):
        if entry.reverses is not None:
            yield from _wrong_reversal(entry, entry.reverses)
        elif entry.digest != _digest(entry):
            yield Problem("entries", f"#{entry.pk} {entry.key}", _("is not what was posted"))
        if not _is_about_its_month(entry):
            yield Problem(
                "entries",
                f"#{entry.pk} {entry.key}",
                _("is not about %(month)s") % {"month": entry.for_month},
            )
        if not entry.evidence:
            yield Problem("entries", f"#{entry.pk} {entry.key}", _("stands without evidence"))


def _digest(entry: Entry) -> str:
    return digest_of(
        entry.key,
        entry.employee_no,
        entry.rule,
        entry.source,
        entry.target,
        entry.amount,
        entry.policy_on,
        entry.arithmetic,
        entry.evidence,
    )


def _is_about_its_month(entry: Entry) -> bool:
    """A charge cites the policy of a day of its month; a dead debt that of the day it died."""
    if entry.rule == "RES-6":
        return entry.policy_on <= entry.for_month.last_day
    return entry.policy_on in entry.for_month


def _malformed() -> Iterator[Problem]:
    personal = sorted(PERSONAL)
    wrong = Entry.objects.filter(
        Q(amount__lte=0)
        | Q(source=F("target"))
        | Q(pay_month__lt=F("for_month"))
        | (Q(person=None) & (Q(source__in=personal) | Q(target__in=personal)))
    )
    for pk, key in wrong.values_list("pk", "key"):
        yield Problem("entries", f"#{pk} {key}", _("is no movement of money between two accounts"))


def _doubled() -> Iterator[Problem]:
    doubled = (
        Entry.objects.standing()
        .order_by()
        .values_list("for_month", "key")
        .annotate(n=Count("id"))
        .filter(n__gt=1)
    )
    for month, key, count in doubled:
        yield Problem(
            "entries", key, _("stands %(n)s times for %(month)s") % {"n": count, "month": month}
        )


def _wrong_reversal(entry: Entry, undone: Entry) -> Iterator[Problem]:
    copied = all(getattr(entry, name) == getattr(undone, name) for name in COPIED)
    swapped = (entry.source, entry.target) == (undone.target, undone.source)
    if not copied or not swapped or undone.reverses_id is not None:
        yield Problem(
            "entries", f"#{entry.pk} {entry.key}", _("does not undo #%(id)s") % {"id": undone.pk}
        )


def control_totals() -> Iterator[Problem]:
    """The entries of a pay month add up to what was counted when they were posted."""
    found = {
        month: (count, amount)
        for month, count, amount in Entry.objects.order_by()
        .values_list("pay_month")
        .annotate(n=Count("id"), sum=Sum("amount"))
    }
    for month in PayMonth.objects.all():
        count, amount = found.pop(month.month, (0, ZERO))
        if (count, amount) != (month.posted_entries, month.posted_total):
            yield Problem(
                "control_totals",
                str(month),
                _("%(count)s entries over %(sum)s stand; %(posted)s over %(total)s were posted")
                % {
                    "count": count,
                    "sum": amount,
                    "posted": month.posted_entries,
                    "total": month.posted_total,
                },
            )
    for pay_month in sorted(found):
        yield Problem("control_totals", str(pay_month), _("holds entries but is no pay month"))


def months() -> Iterator[Problem]:
    """Finals follow each other, take no more entries, and settle the policy they rest on."""
    settled = set(PolicyFreeze.objects.values_list("through", flat=True))
    open_before = None
    final_before: Month | None = None
    for month in PayMonth.objects.order_by("month"):
        if not month.is_final:
            open_before = open_before or (month.month if month.state == "closed" else None)
            continue
        if final_before and final_before.next() < month.month:
            open_before = open_before or final_before.next()
        if open_before:
            yield Problem(
                "months", str(month), _("is final before %(month)s") % {"month": open_before}
            )
        final_before = month.month
        if month.month.last_day not in settled:
            yield Problem("months", str(month), _("is final, and its policy can still be changed"))
        late = Entry.objects.filter(pay_month=month.month, posted_at__gt=month.final_at)
        for pk, key in late.values_list("pk", "key"):
            yield Problem("months", f"#{pk} {key}", _("was posted after its month was final"))


def statements() -> Iterator[Problem]:
    """Each final statement was paid out, or became arrears, to the fen."""
    final = PayMonth.objects.filter(state=PayMonth.State.FINAL).values("month")
    left: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    rows = Entry.objects.filter(pay_month__in=final).order_by()
    for side, sign in (("target", 1), ("source", -1)):
        moved = rows.filter(**{side: Account.PAY}).values_list("pay_month", "person__employee_no")
        for month, employee_no, amount in moved.annotate(sum=Sum("amount")):
            left[str(month), employee_no] += sign * amount
    for (month, employee_no), amount in sorted(left.items()):
        if amount:
            yield Problem(
                "statements",
                f"{employee_no} {month}",
                _("%(amount)s of the statement was never settled") % {"amount": amount},
            )
    for (account, owner), balance in sorted(Entry.objects.balances().items()):
        if account == Account.ARREARS and balance > 0:
            yield Problem("statements", owner, _("more was brought forward than was owed"))
        if account == Account.CARRIED and balance > 0:
            yield Problem("statements", owner, _("more was taken later than had been carried"))


def payouts() -> Iterator[Problem]:
    """What was handed to the bank is what the ledger pays out, and adds up to its batch."""
    due = {
        (str(month), person): amount
        for month, person, amount in Entry.objects.filter(
            purpose=Entry.Purpose.SETTLEMENT, target=Account.BANK
        ).values_list("pay_month", "person", "amount")
    }
    sums: dict[int, tuple[int, Decimal]] = defaultdict(lambda: (0, ZERO))
    rows = PayoutLine.objects.values_list(
        "batch", "month", "person", "person__employee_no", "amount"
    )
    for batch, month, person, employee_no, amount in rows.iterator(2000):
        count, so_far = sums[batch]
        sums[batch] = (count + 1, so_far + amount)
        if due.get((str(month), person)) != amount:
            yield Problem(
                "payouts",
                f"{employee_no} {month}",
                _("%(amount)s were handed to the bank, which is not what is due")
                % {"amount": amount},
            )
    for found in PayoutBatch.objects.all():
        if sums[found.pk] != (found.count, found.total):
            yield Problem("payouts", str(found), _("does not add up to its payments"))
