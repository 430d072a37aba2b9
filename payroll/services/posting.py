"""Making the ledger what it should be: reverse what should not stand, post what is missing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count

from accounts.models import Person
from core.money import total
from core.months import Month
from payroll.models import Entry, PayMonth
from payroll.rules import Charge, Difference, difference

BATCH = 500


def last_final() -> Month | None:
    """The latest final month: it and all before take no more entries."""
    found = PayMonth.objects.filter(state=PayMonth.State.FINAL).order_by("-month").first()
    return found.month if found else None


def open_month_for(month: Month) -> Month:
    """Where entries about a month are posted: itself, or the next open one if it is final."""
    final = last_final()
    return month if final is None or month > final else final.next()


def _locked_open_month(month: Month) -> Month:
    """The same, locked: once held, no final can come between it and the entries."""
    while True:
        pay_month = open_month_for(month)
        PayMonth.objects.get_or_create(month=pay_month)
        PayMonth.objects.select_for_update().get(month=pay_month)
        if open_month_for(month) == pay_month:
            return pay_month


def standing_entries(month: Month) -> list[Entry]:
    """The charges that stand for a month, with their people."""
    return list(Entry.objects.standing().filter(for_month=month).select_related("person"))


def ledger_difference(*, month: Month, wanted: Iterable[Charge]) -> Difference[Entry]:
    """What is missing from, and what is too much in, the ledger of a month."""
    final = last_final()
    return difference(
        wanted=wanted, standing=standing_entries(month), final=final is not None and month <= final
    )


def difference_post(*, month: Month, change: Difference[Entry], job: str, actor: Any) -> None:
    """Post a difference. Runs in the caller's transaction, which holds the month's lock."""
    if not change:
        return
    pay_month = _locked_open_month(month)
    sequences = _sequences(month, [charge.key for charge in change.post])
    ids = dict(Person.objects.values_list("employee_no", "id"))
    entries_post(
        pay_month=pay_month,
        entries=[
            *(_reversal(e, pay_month=pay_month, job=job, actor=actor) for e in change.reverse),
            *(
                entry_of(
                    charge,
                    month=month,
                    pay_month=pay_month,
                    sequence=sequences[charge.key],
                    person_id=ids.get(charge.employee_no),
                    job=job,
                    actor=actor,
                )
                for charge in change.post
            ),
        ],
    )


def entries_post(*, pay_month: Month, entries: Sequence[Entry]) -> None:
    """Write entries, and count them on their pay month: the tripwire that `verify` re-adds.

    The caller holds the pay month's lock.
    """
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    counted = PayMonth.objects.get(month=pay_month)
    counted.posted_entries += len(entries)
    counted.posted_total += total(entry.amount for entry in entries)
    counted.save(update_fields=["posted_entries", "posted_total"])


def _sequences(month: Month, keys: Sequence[str]) -> Counter[str]:
    """How often each key was posted before: reposting after a reversal takes the next number."""
    found: Counter[str] = Counter()
    for start in range(0, len(keys), BATCH):
        rows = (
            Entry.objects.filter(
                for_month=month, reverses=None, key__in=keys[start : start + BATCH]
            )
            .order_by()
            .values_list("key")
            .annotate(n=Count("id"))
        )
        found.update(dict(rows))
    return found


def entry_of(
    charge: Charge,
    *,
    month: Month,
    pay_month: Month,
    person_id: int | None,
    job: str,
    actor: Any,
    sequence: int = 0,
    purpose: str = Entry.Purpose.CHARGE,
) -> Entry:
    """The entry that says what a charge says, not yet written."""
    return Entry(
        key=charge.key,
        sequence=sequence,
        purpose=purpose,
        person_id=person_id,
        rule=charge.rule,
        pay_month=pay_month,
        for_month=month,
        source=charge.source.value,
        target=charge.target.value,
        amount=charge.amount,
        policy_on=charge.policy_on,
        arithmetic=charge.arithmetic.as_data(),
        evidence=[e.as_data() for e in charge.evidence],
        digest=charge.digest,
        posted_by=actor,
        job=job,
    )


def _reversal(entry: Entry, *, pay_month: Month, job: str, actor: Any) -> Entry:
    return Entry(
        key=entry.key,
        sequence=entry.sequence,
        purpose=entry.purpose,
        person=entry.person,
        rule=entry.rule,
        pay_month=pay_month,
        for_month=entry.for_month,
        source=entry.target,
        target=entry.source,
        amount=entry.amount,
        policy_on=entry.policy_on,
        arithmetic=entry.arithmetic,
        evidence=entry.evidence,
        digest=entry.digest,
        reverses=entry,
        posted_by=actor,
        job=job,
    )
