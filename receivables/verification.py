"""The invariants of collections (PAY-5): reserves, slips by number, cutoffs without a gap."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from django.db.models import Case, F, Q, Sum, When
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.money import ZERO, less
from core.verification import Problem
from payroll.models import Entry, PayMonth
from payroll.rules import Account
from receivables.models import CutoffMonth, CutoffSnapshot, Payment, Slip
from receivables.querysets.months import held_slips, payment_facts
from receivables.rules.custody import Snapshot, snapshots

_NUMBER = re.compile(r"(.*?)([0-9]+)")


def reserves() -> Iterator[Problem]:
    """No reserve account was ever drawn below nothing."""
    for (account, owner), balance in sorted(Entry.objects.balances().items()):
        if account == Account.RESERVE and balance < 0:
            yield Problem(
                "reserves", owner, _("the reserve stands at %(balance)s") % {"balance": balance}
            )


def slips() -> Iterator[Problem]:
    """Slips are numbered without gaps (SLIP-1), and hold no more money than was due (SLIP-2)."""
    yield from _gaps()
    overpaid = Slip.objects.annotate(paid=Sum(less("payments__amount", "payments__undone"))).filter(
        paid__gt=F("amount_due")
    )
    for slip_no, paid, due in overpaid.values_list("slip_no", "paid", "amount_due"):
        yield Problem(
            "slips", slip_no, _("%(paid)s was paid on %(due)s due") % {"paid": paid, "due": due}
        )
    backwards = Payment.objects.filter(Q(handed_in_at__lt=F("received_at")) | Q(amount__lte=0))
    for payment_no in backwards.values_list("payment_no", flat=True):
        yield Problem("slips", payment_no, _("was handed in before it was received, or is nothing"))


def covering() -> Iterator[Problem]:
    """From when a slip is covered follows from its payments (CUT-1): the database keeps it."""
    since = Case(
        When(payments__method="transfer", then=F("payments__received_at")),
        default=F("payments__handed_in_at"),
    )
    net = less("payments__amount", "payments__undone")
    rows = Slip.objects.annotate(
        by_then=Sum(
            net,
            filter=Q(covered_at__gte=since) | Q(IsNull(since, False), covered_at=None),
            default=ZERO,
        ),
        before=Sum(net, filter=Q(covered_at__gt=since), default=ZERO),
    )
    is_due, was_due = Q(by_then__lt=F("amount_due")), Q(before__lt=F("amount_due"))
    right = Q(is_due, covered_at=None) | Q(~is_due & was_due, covered_at__isnull=False)
    for slip_no in rows.exclude(right).order_by("pk").values_list("slip_no", flat=True):
        yield Problem("covering", slip_no, _("is not covered from when its payments say"))


def _gaps() -> Iterator[Problem]:
    series: dict[tuple[str, int], list[int]] = defaultdict(list)
    for slip_no in Slip.objects.values_list("slip_no", flat=True).iterator(5000):
        if match := _NUMBER.fullmatch(slip_no):
            series[match[1], len(match[2])].append(int(match[2]))
    for (prefix, width), numbers in sorted(series.items()):
        numbers.sort()
        for before, after in pairwise(numbers):
            if after > before + 1:
                missing = f"{prefix}{before + 1:0{width}d}"
                yield Problem(
                    "slips",
                    missing,
                    _("the number is missing, up to before %(next)s")
                    % {"next": f"{prefix}{after:0{width}d}"},
                )


def cutoffs() -> Iterator[Problem]:
    """Collection months follow each other without a gap, and snapshots say what the money says."""
    before: CutoffMonth | None = None
    for month in CutoffMonth.objects.order_by("month"):
        if before and before.month.next() == month.month and before.cutoff != month.after:
            yield Problem("cutoffs", str(month), _("does not begin where the month before ended"))
        before = month
    still_open = PayMonth.objects.filter(state=PayMonth.State.CLOSED).values_list(
        "month", flat=True
    )
    for month in CutoffMonth.objects.filter(month__in=list(still_open)):
        yield from _wrong_snapshots(month)


def _wrong_snapshots(month: CutoffMonth) -> Iterator[Problem]:
    bounds = month.bounds
    found = snapshots(payment_facts(bounds), held_slips(bounds.cutoff), bounds)
    kept = CutoffSnapshot.objects.filter(month=month.month).select_related("person")
    for row in kept:
        says = Snapshot(row.handed_in, row.in_hand, row.slips_held)
        if says != found.pop(row.person.employee_no, Snapshot()):
            yield Problem(
                "cutoffs",
                f"{row.person.employee_no} {month}",
                _("the snapshot is not what slips and payments say; close the month again"),
            )
    salespeople = set(Person.objects.salespeople().values_list("employee_no", flat=True))
    for employee_no in sorted(salespeople.intersection(found)):
        yield Problem("cutoffs", f"{employee_no} {month}", _("has no snapshot"))
