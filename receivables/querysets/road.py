"""The slips somebody carries, as the road shows them (SLIP-2)."""

from typing import Any

from django.db.models.functions import Length

from accounts.models import Person
from receivables.models import Refusal, Slip
from receivables.querysets.claims import slips_attach

MOST = 200


def on_the_road(person: Person, *, slip_no: str = "") -> list[Slip]:
    """The slips held, those promised for the earliest day first; with the money on each and the
    last word of its customer (`refusal`). Three queries."""
    held = Slip.objects.filter(person=person).held()
    if slip_no:
        held = held.filter(slip_no=slip_no)
    ordered = held.select_related("order__customer").order_by(Length("slip_no"), "slip_no")
    rows = slips_attach(list(ordered[:MOST]))
    last: dict[int, Refusal] = {}
    for refusal in Refusal.objects.filter(slip__in=[row.pk for row in rows]).order_by("at", "id"):
        last[refusal.slip_id] = refusal
    for row in rows:
        told: Any = row
        told.refusal = last.get(row.pk)
    return sorted(rows, key=_promised_first)


def _promised_first(row: Any) -> tuple[bool, bool, Any]:
    """Paid ones last; of the others those with a promise first, by its day."""
    promised = row.refusal.promised_on if row.refusal else None
    return row.still_due <= 0, promised is None, promised or row.issued_at
