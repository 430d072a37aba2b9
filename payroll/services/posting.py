"""Making the ledger what it should be: reverse what should not stand, post what is missing."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from core import clock
from core.db import lock_shared, rows_insert
from core.money import from_fen, to_fen
from core.months import Month
from payroll.assessment import department_rules
from payroll.groups import Group
from payroll.models import Entry, PayMonth
from payroll.querysets import EntryQuerySet
from payroll.rules import Charge, Difference, difference

BATCH = 500


class Standing(NamedTuple):
    """What convergence needs to know of an entry that stands."""

    id: int
    key: str
    employee_no: str
    rule: str
    source: str
    target: str
    amount: Decimal
    digest: str


Change = Difference[Standing]
Share = Callable[[EntryQuerySet], EntryQuerySet]
"""Which entries of a month somebody answers for: one group's, or the department's."""


def of_group(group: Group) -> Share:
    return lambda entries: group.of(entries).exclude(rule__in=department_rules())


def of_department(entries: EntryQuerySet) -> EntryQuerySet:
    return entries.filter(rule__in=department_rules())


def last_final() -> Month | None:
    """The latest final month: it and all before take no more entries."""
    final = PayMonth.objects.filter(state=PayMonth.State.FINAL).order_by("-month")
    return final.values_list("month", flat=True).first()


def is_final_month(month: Month) -> bool:
    return PayMonth.objects.filter(month=month, state=PayMonth.State.FINAL).exists()


def open_month_for(month: Month) -> Month:
    """Where entries about a month are posted: itself, or the next open one if it is final."""
    final = last_final()
    return month if final is None or month > final else final.next()


def hold_open_month(month: Month) -> Month:
    """The same, held: no final can come between it and the entries, other posts can."""
    while True:
        pay_month = open_month_for(month)
        PayMonth.objects.get_or_create(month=pay_month)
        lock_shared(PayMonth.objects.filter(month=pay_month))
        if open_month_for(month) == pay_month:
            return pay_month


def ledger_difference(*, month: Month, wanted: Iterable[Charge], share: Share) -> Change:
    """What is missing from, and what is too much in, somebody's share of a month's ledger."""
    final = last_final()
    standing: Iterable[tuple[Any, ...]] = share(
        Entry.objects.standing().filter(for_month=month)
    ).values_list(
        "id", "key", "person__employee_no", "rule", "source", "target", "amount", "digest"
    )
    return difference(
        wanted=wanted,
        standing=(
            Standing(pk, key, employee_no or "", *rest) for pk, key, employee_no, *rest in standing
        ),
        final=final is not None and month <= final,
    )


class EntryRow(NamedTuple):
    """An entry as its table keeps it: whole fen, months and JSON as text."""

    key: str
    sequence: int
    purpose: str
    person_id: int | None
    rule: str
    pay_month: str
    for_month: str
    source: str
    target: str
    amount: int
    policy_on: date
    arithmetic: str
    evidence: str
    digest: str
    reverses_id: int | None
    posted_at: Any
    posted_by_id: int | None
    job: str


class Posting:
    """Everything entries posted together say besides their charges."""

    def __init__(
        self, *, month: Month, pay_month: Month, ids: Mapping[str, int], job: str, actor: Any
    ) -> None:
        self.month, self.pay_month, self.ids = month, pay_month, ids
        self._months = str(pay_month), str(month)
        self._by: tuple[Any, ...] = (
            connection.ops.adapt_datetimefield_value(clock.now()),
            actor.pk if actor else None,
            job,
        )

    def entry_of(
        self, charge: Charge, *, sequence: int = 0, purpose: str = Entry.Purpose.CHARGE
    ) -> EntryRow:
        """The entry that says what a charge says."""
        return EntryRow(
            charge.key,
            sequence,
            str(purpose),
            self.ids.get(charge.employee_no),
            charge.rule,
            *self._months,
            charge.source.value,
            charge.target.value,
            to_fen(charge.amount),
            charge.policy_on,
            *charge.written(),
            None,
            *self._by,
        )

    def reversal_of(self, entry: Entry) -> EntryRow:
        """The entry that undoes one that stands: the same the other way round."""
        return EntryRow(
            entry.key,
            entry.sequence,
            entry.purpose,
            entry.person_id,
            entry.rule,
            self._months[0],
            str(entry.for_month),
            entry.target,
            entry.source,
            to_fen(entry.amount),
            entry.policy_on,
            json.dumps(entry.arithmetic),
            json.dumps(entry.evidence),
            entry.digest,
            entry.pk,
            *self._by,
        )


def difference_post(*, change: Change, posting: Posting, share: Share) -> None:
    """Post a difference. Runs in the caller's transaction, which holds the pay month."""
    if not change:
        return
    sequences = _posted_before(share(Entry.objects.filter(for_month=posting.month)))
    sequences.update(line.key for line in change.reverse)
    rows = [posting.reversal_of(entry) for entry in _entries(change.reverse)]
    rows += [posting.entry_of(charge, sequence=sequences[charge.key]) for charge in change.post]
    entries_post(pay_month=posting.pay_month, rows=rows)


def entries_post(*, pay_month: Month, rows: Sequence[EntryRow]) -> None:
    """Write entries, and count them on their pay month: the tripwire that `verify` re-adds.

    The caller holds the pay month; only the last line, the count, keeps other posts waiting.
    """
    rows_insert(model=Entry, columns=EntryRow._fields, rows=rows)
    counted = PayMonth.objects.select_for_update(no_key=True).get(month=pay_month)
    counted.posted_entries += len(rows)
    counted.posted_total += from_fen(sum(row.amount for row in rows))
    counted.version += 1
    counted.save(update_fields=["posted_entries", "posted_total", "version"])


def _posted_before(entries: "QuerySet[Entry]") -> Counter[str]:
    """How often a key was posted and reversed: posted again it takes the next number."""
    undone = entries.filter(reverses=None, reversal__isnull=False).order_by()
    return Counter(undone.values_list("key", flat=True))


def _entries(standing: Sequence[Standing]) -> Iterator[Entry]:
    for start in range(0, len(standing), BATCH):
        ids = [line.id for line in standing[start : start + BATCH]]
        yield from Entry.objects.filter(id__in=ids).order_by("id")
