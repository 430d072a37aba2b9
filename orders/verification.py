"""The invariants of orders (PAY-5): whose they are is what their transfers say (ORD-1)."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from core.verification import Problem
from orders.models import Order, Transfer


def transfers() -> Iterator[Problem]:
    """An order that was ever transferred is whose the last transfer made it."""
    last = Transfer.objects.filter(order=OuterRef("pk"), state=Transfer.State.APPROVED)
    went_to = Subquery(last.order_by("-decided_at", "-id").values("to_person")[:1])
    wrong = Order.objects.annotate(went_to=went_to).filter(went_to__isnull=False)
    for order_no in wrong.exclude(person=F("went_to")).values_list("order_no", flat=True):
        yield Problem("transfers", order_no, _("is not whose the last transfer made it"))
