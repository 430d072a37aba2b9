"""What collections hand in to pages of lower floors: a person's page, a final settlement."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.querysets import sees
from core.money import ZERO
from core.panels import Panel
from receivables.models import BadDebt, Payment, Slip, UnpaidDelivery
from receivables.querysets.unpaid import SEE_ALL_MONEY


def person(user: Any, person: Person) -> Iterator[Panel]:
    if sees(user, person, everything=SEE_ALL_MONEY):
        yield Panel(
            key="money",
            title=_("Collections"),
            template="receivables/_person.html",
            context={"money": partial(_money, user, person)},
        )


def _money(user: Any, person: Person) -> dict[str, Any]:
    """Three queries."""
    slips = Slip.objects.visible_to(user).filter(person=person, returned_at=None)
    in_hand = Payment.objects.visible_to(user).filter(slip__person=person, handed_in_at=None)
    unpaid = UnpaidDelivery.objects.visible_to(user).open().filter(order__person=person)
    sums = in_hand.exclude(method=Payment.Method.TRANSFER).aggregate(
        in_hand=Sum("amount", default=ZERO)
    )
    owed = unpaid.aggregate(deliveries=Count("id"), owed=Sum("unpaid", default=ZERO))
    return {"slips": slips.count(), **sums, **owed}


def settlement(user: Any, *, person: Any) -> Iterator[Panel]:
    """The open bad-debt cases of somebody who leaves: while there are any, the reserve is held
    back (RES-2)."""
    cases = BadDebt.objects.filter(order__person=person, outcome="").order_by("opened_on")
    yield Panel(
        key="cases",
        title=_("Open bad-debt cases"),
        template="receivables/_settlement_cases.html",
        context={"cases": cases.values("case_no", "order__order_no", "opened_on")},
    )
