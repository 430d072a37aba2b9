"""The invariants of the pool and of the cash of fines (PAY-5): what goes in comes out."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from attendance.exports import pool_figures
from attendance.models import FineHandover
from attendance.services.fines import amount_of
from core.verification import Problem
from payroll.models import Entry, PayMonth
from payroll.querysets import month_versions
from payroll.rules import Account


def pool() -> Iterator[Problem]:
    """Each month opens with what the one before carried, and shares out no more than it has."""
    carried: Decimal | None = None
    versions = month_versions()
    # Months still open count as well: a final month's corrections may stand there.
    for month in PayMonth.objects.order_by("month"):
        carried_in, fines, shared_out, carried_out = pool_figures(month.month)
        said = Entry.objects.standing().filter(rule="ATT-3", person=None, pay_month=month.month)
        if carried is not None and carried_in != carried and not said.exists():
            yield Problem(
                "pool",
                str(month),
                _("opens with %(opening)s, though %(carried)s was carried")
                % {"opening": carried_in, "carried": carried},
            )
        if shared_out > 0 and carried_out < 0:
            yield Problem(
                "pool",
                str(month),
                _("shared out %(shared)s of %(pool)s")
                % {"shared": shared_out, "pool": carried_in + fines},
            )
        carried = carried_out
        if month.reckoned == versions[month.month]:  # or its shares are being posted just now
            yield from _unequal_shares(month)


def _unequal_shares(month: PayMonth) -> Iterator[Problem]:
    shares = Entry.objects.standing().filter(
        rule="ATT-3", target=Account.PAY, for_month=month.month
    )
    amounts = set(shares.values_list("amount", flat=True))
    if len(amounts) > 1:
        yield Problem(
            "pool",
            str(month),
            _("the shares differ: %(amounts)s")
            % {"amounts": ", ".join(str(a) for a in sorted(amounts))},
        )


def fine_handovers() -> Iterator[Problem]:
    """A handover is the sum of its fines, each by the policy of its day (ATT-2)."""
    for handover in FineHandover.objects.prefetch_related("payments").order_by("pk"):
        fines = amount_of(handover.payments.all())
        if handover.amount != fines:
            yield Problem(
                "finehandover",
                str(handover),
                _("%(amount)s handed over, %(fines)s ticked")
                % {"amount": handover.amount, "fines": fines},
            )
