"""Slips by where they stand: held, covered by the money handed in, returned (CUT-1)."""

from typing import Self

from django.db.models import F, Q, Sum
from django.db.models.functions import Length

from core import clock
from core.money import ZERO, less
from receivables.querysets.counted import has_arrived
from receivables.querysets.owned import MoneyQuerySet


class SlipQuerySet(MoneyQuerySet):
    """Where a slip stands: the database keeps from when it is covered (adr/0020)."""

    def held(self) -> Self:
        """Not returned, and not covered by the money handed in (CUT-1)."""
        not_yet = Q(covered_at=None) | Q(covered_at__gt=clock.now())
        return self.filter(not_yet, returned_at=None)

    def covered(self) -> Self:
        """Not returned, and the money handed in is all that was due."""
        return self.filter(returned_at=None, covered_at__lte=clock.now())

    def returned(self) -> Self:
        return self.filter(returned_at__isnull=False)

    def with_counted(self) -> Self:
        """With `counted`, the money handed in on each, worked out from its payments."""
        net = less("payments__amount", "payments__undone")
        return self.annotate(counted=Sum(net, filter=has_arrived("payments__"), default=ZERO))


def latest_number() -> str | None:
    """The number that the next slip's follows (SLIP-1). One query, by an index."""
    from receivables.models import Slip

    ordered = Slip.objects.order_by(Length("slip_no").desc(), F("slip_no").desc())
    return ordered.values_list("slip_no", flat=True).first()
