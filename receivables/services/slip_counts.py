"""Slips agreed by number: counted by finance, confirmed by who holds them (SLIP-3)."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.services import in_place
from core import clock
from core.db import queue_up
from core.services import audit, audit_subject
from receivables.models import SlipCount
from receivables.querysets.slip_counts import movements_of, slips_in_hand
from receivables.services.refusals import ChangedMeanwhile, CounterRefused
from receivables.services.telling import slips_tell


@transaction.atomic
def slip_count_keep(
    *, actor: Any, person: Person, seen: Collection[str], shown: Collection[str]
) -> SlipCount:
    """Take down which slips were shown, of those that should be held (SLIP-3).

    `seen`: the numbers as the page had them; `shown`: those ticked. Raises `ChangedMeanwhile` when
    other slips are held by now. Who holds them is asked to confirm; a count before that nobody
    confirmed is replaced by this one.
    """
    queue_up(f"slip count {person.pk}")
    at = clock.now()
    held = list(slips_in_hand(person).values_list("slip_no", flat=True))
    if set(seen) != set(held):
        raise ChangedMeanwhile(_("Slips were issued, settled or returned meanwhile; look again."))
    if not set(shown) <= set(held):
        raise CounterRefused(_("Tick only slips that should be there."))
    found = movements_of(person, held)
    count = SlipCount.objects.create(
        person=person,
        counted_at=at,
        counted_by=actor,
        before=sorted(found.before),
        issued=sorted(found.issued),
        settled=sorted(found.settled),
        returned=sorted(found.returned),
        held=sorted(found.held),
        missing=sorted(found.held - set(shown)),
    )
    _audit(actor=actor, count=count)
    slips_tell(count=count, actor=actor)
    return count


def _audit(*, actor: Any, count: SlipCount) -> None:
    audit(
        actor=actor,
        action="count slips",
        subject=audit_subject(count),
        changes={
            "held": [None, ", ".join(count.held)],
            "not_shown": [None, ", ".join(count.missing)],
            **in_place(actor, "finance"),
        },
    )


@transaction.atomic
def slip_count_confirm(*, actor: Any, count: SlipCount) -> bool:
    """Who holds the slips confirms the latest count; twice is once. Says whether it was now."""
    queue_up(f"slip count {count.person_id}")
    later = SlipCount.objects.filter(person=count.person_id, pk__gt=count.pk)
    if later.exists():
        raise ChangedMeanwhile(_("Finance has counted anew; confirm the latest count."))
    at = clock.now()
    waits = SlipCount.objects.filter(pk=count.pk, confirmed_at=None)
    confirmed = waits.update(confirmed_at=at)
    if confirmed:
        changes = {"confirmed_at": [None, str(at)]}
        audit(actor=actor, action="confirm slips", subject=audit_subject(count), changes=changes)
    return bool(confirmed)
