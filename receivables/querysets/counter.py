"""What the counter reads: whose money is brought, what of it is in hand (SLIP-3)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import unquote

from django.db.models import Q

from accounts.models import Person
from core import clock
from core.money import total
from core.search import best_first
from core.spelling import spelled, words_of
from receivables.models import Payment, Slip
from receivables.querysets.custody import declared_late

SHOWN = 20
_SLIP_ADDRESS = re.compile(r"/slips/([^/\s?#]+)")


def slip_no_of(typed: str) -> str:
    """The slip's number where its address was scanned; else what was typed, in half width."""
    plain = unicodedata.normalize("NFKC", typed[:400]).replace("\0", "").strip()
    match = _SLIP_ADDRESS.search(plain)
    return unquote(match[1]).replace("\0", "") if match else plain


def people_meant(typed: str) -> list[Person]:
    """Whoever is meant by a slip, a number, a name or its pinyin; one where it is certain.

    At most `SHOWN`, and of three queries at most.
    """
    number = slip_no_of(typed)[:60]
    if not number:
        return []
    holder = Slip.objects.filter(slip_no__iexact=number).select_related("person").first()
    if holder:
        return [holder.person]
    words = words_of(number)
    called = (
        Q(employee_no__icontains=words)
        | Q(name__icontains=words)
        | Q(id__in=spelled(Person, words))
    )
    may_hold = Person.objects.salespeople() | Person.objects.filter(slips__isnull=False)
    rows = Person.objects.filter(called, id__in=may_hold.order_by().values("id"))
    found = list(best_first(rows, "employee_no", words, "name")[:SHOWN])
    exact = [each for each in found if each.employee_no.lower() == words]
    return exact or found


@dataclass(frozen=True, slots=True)
class DayInHand:
    """What somebody received on one day and still holds."""

    day: date
    payments: Sequence[Payment]
    is_overdue: bool
    is_declared_late: bool

    @property
    def sum(self) -> Decimal:
        return total(each.net for each in self.payments)


def days_in_hand(person: Person) -> list[DayInHand]:
    """Day by day and slip by slip, the oldest first. Two queries."""
    rows = Payment.objects.in_hand().filter(slip__person=person)
    ordered = rows.select_related("slip__order__customer").order_by(
        "received_at", "slip__slip_no", "payment_no"
    )
    by_day: dict[date, list[Payment]] = {}
    for row in ordered:
        by_day.setdefault(clock.local_date(row.received_at), []).append(row)
    declared = declared_late(by_day)
    today = clock.today()
    return [
        DayInHand(
            day,
            sorted(held, key=lambda each: (each.slip.slip_no, each.received_at)),
            is_overdue=day < today,
            is_declared_late=(person.pk, day) in declared,
        )
        for day, held in by_day.items()
    ]


def sum_of(payments: Sequence[Payment], method: str) -> Decimal:
    """What counts of those paid in one way, in yuan."""
    return total(each.net for each in payments if each.method == method)
