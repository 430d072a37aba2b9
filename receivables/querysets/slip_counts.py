"""The slips somebody holds, and what became of those held before (SLIP-3, CUT-1)."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from accounts.models import Person
from receivables.models import Slip, SlipCount
from receivables.rules.slip_counts import SlipMovements, slip_movements


def slips_in_hand(person: Person) -> QuerySet[Slip]:
    """Issued, not returned, and not covered by money handed in (CUT-1); by number."""
    return Slip.objects.filter(person=person).held().order_by("slip_no")


def last_agreed(person: Person) -> SlipCount | None:
    """The latest count that the salesperson has confirmed."""
    agreed = SlipCount.objects.filter(person=person, confirmed_at__isnull=False)
    return agreed.order_by("-pk").first()


def movements_of(person: Person, held: Collection[str]) -> SlipMovements:
    """What became of somebody's slips since they were last agreed; `held`: the numbers held now.

    With nothing agreed before, what is held now counts as issued. Three queries.
    """
    last = last_agreed(person)
    if last is None:
        return slip_movements(before=(), issued=held, returned=(), held=held)
    slips = Slip.objects.filter(person=person)
    issued = slips.filter(issued_at__gt=last.counted_at).values_list("slip_no", flat=True)
    concerned = Q(slip_no__in=last.held) | Q(issued_at__gt=last.counted_at)
    returned = slips.filter(concerned, returned_at__isnull=False)
    return slip_movements(
        before=last.held,
        issued=issued,
        returned=returned.values_list("slip_no", flat=True),
        held=held,
    )
