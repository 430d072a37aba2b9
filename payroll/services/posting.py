"""Making the ledger what it should be: reverse what should not stand, post what is missing."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from core.db import lock_shared
from core.money import total
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
    found = PayMonth.objects.filter(state=PayMonth.State.FINAL).order_by("-month").first()
    return found.month if found else None


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


@dataclass(frozen=True)
class Posting:
    """Everything an entry says besides its charge."""

    month: Month
    pay_month: Month
    ids: Mapping[str, int]
    job: str
    actor: Any


def difference_post(*, change: Change, posting: Posting, share: Share) -> None:
    """Post a difference. Runs in the caller's transaction, which holds the pay month."""
    if not change:
        return
    sequences = _posted_before(share(Entry.objects.filter(for_month=posting.month)))
    sequences.update(line.key for line in change.reverse)
    entries_post(
        pay_month=posting.pay_month,
        entries=[
            *_reversals(change.reverse, posting=posting),
            *(
                entry_of(charge, posting=posting, sequence=sequences[charge.key])
                for charge in change.post
            ),
        ],
    )


def entries_post(*, pay_month: Month, entries: Sequence[Entry]) -> None:
    """Write entries, and count them on their pay month: the tripwire that `verify` re-adds.

    The caller holds the pay month; only its last line, the count, keeps other posts waiting.
    """
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    counted = PayMonth.objects.select_for_update(no_key=True).get(month=pay_month)
    counted.posted_entries += len(entries)
    counted.posted_total += total(entry.amount for entry in entries)
    counted.version += 1
    counted.save(update_fields=["posted_entries", "posted_total", "version"])


def _posted_before(entries: "QuerySet[Entry]") -> Counter[str]:
    """How often a key was posted and reversed: posted again it takes the next number."""
    undone = entries.filter(reverses=None, reversal__isnull=False).order_by()
    return Counter(undone.values_list("key", flat=True))


def entry_of(
    charge: Charge, *, posting: Posting, sequence: int = 0, purpose: str = Entry.Purpose.CHARGE
) -> Entry:
    """The entry that says what a charge says, not yet written."""
    return Entry(
        key=charge.key,
        sequence=sequence,
        purpose=purpose,
        person_id=posting.ids.get(charge.employee_no),
        rule=charge.rule,
        pay_month=posting.pay_month,
        for_month=posting.month,
        source=charge.source.value,
        target=charge.target.value,
        amount=charge.amount,
        policy_on=charge.policy_on,
        arithmetic=charge.arithmetic.as_data(),
        evidence=[e.as_data() for e in charge.evidence],
        digest=charge.digest,
        posted_by=posting.actor,
        job=posting.job,
    )


def _reversals(standing: Sequence[Standing], *, posting: Posting) -> Iterable[Entry]:
    for start in range(0, len(standing), BATCH):
        ids = [line.id for line in standing[start : start + BATCH]]
        for entry in Entry.objects.filter(id__in=ids).order_by("id"):
            yield _reversal(entry, posting=posting)


def _reversal(entry: Entry, *, posting: Posting) -> Entry:
    return Entry(
        key=entry.key,
        sequence=entry.sequence,
        purpose=entry.purpose,
        person_id=entry.person_id,
        rule=entry.rule,
        pay_month=posting.pay_month,
        for_month=entry.for_month,
        source=entry.target,
        target=entry.source,
        amount=entry.amount,
        policy_on=entry.policy_on,
        arithmetic=entry.arithmetic,
        evidence=entry.evidence,
        digest=entry.digest,
        reverses=entry,
        posted_by=posting.actor,
        job=posting.job,
    )
