"""An order over the threshold is told to the manager at once (INFO-1, S8.7).

Once an order, whichever way it came to be of so much: entered, changed, or loaded from a file. Of
more than a few in one file one word goes out for all of them: a company that loads its books would
else bury its manager.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from core.tables.staging import batched
from core.templatetags.house import yuan_text
from notices.services import notice_send
from orders.models import Order
from orders.rules import is_big
from policy.querysets import policy_book

ONE_BY_ONE = 3
"""Of so many orders in a file each is told by itself."""
AT_A_TIME = 500


def big_order_tell(*, order: Order, actor: Any, before: Decimal | None = None) -> None:
    """Tell the manager of an order that is big now and was not `before`. In the caller's
    transaction; who did it is not told."""
    threshold = _threshold()
    if is_big(order.amount, threshold) and not is_big(before, threshold):
        _tell(order.order_no, order.amount, actor)


def loaded_orders_news(rows: Iterable[Mapping[str, Any]]) -> Callable[[Any], None] | None:
    """What to tell of a file's orders once they stand: those that are big and were not."""
    threshold = _threshold()
    big = {row["order_no"]: row["amount"] for row in rows if is_big(row["amount"], threshold)}
    for numbers in batched(iter(list(big)), AT_A_TIME):
        known = Order.objects.filter(order_no__in=numbers, amount__gt=threshold)
        for order_no in known.values_list("order_no", flat=True):
            del big[order_no]
    return partial(_tell_loaded, big, threshold) if big else None


def _tell_loaded(big: Mapping[str, Decimal], threshold: Decimal, actor: Any) -> None:
    if len(big) <= ONE_BY_ONE:
        for order_no, amount in big.items():
            _tell(order_no, amount, actor)
        return
    numbers = hashlib.sha256("\n".join(sorted(big)).encode()).hexdigest()[:16]
    notice_send(
        people=_managers(actor),
        key=f"big-orders/{numbers}",
        text=gettext_noop("%(count)s orders over %(amount)s yuan came with a file"),
        values={"count": len(big), "amount": yuan_text(threshold)},
        url=f"{reverse('orders')}?sort=-amount",
        actor=actor,
    )


def _tell(order_no: str, amount: Decimal, actor: Any) -> None:
    notice_send(
        people=_managers(actor),
        key=f"big-order/{order_no}",
        text=gettext_noop("Big order: %(order)s of %(amount)s yuan"),
        values={"order": order_no, "amount": yuan_text(amount)},
        url=reverse("order", args=[order_no]),
        actor=actor,
    )


def _threshold() -> Decimal:
    return policy_book().on(clock.today()).big_order


def _managers(actor: Any) -> Sequence[Person]:
    own = actor.person_id if actor is not None else None
    return list(Person.objects.acting_as("manager", clock.today()).exclude(pk=own or 0))
