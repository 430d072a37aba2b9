"""Calls on the desk: one that nobody finished, and customers who wait for a call back (VIS-4)."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import clock
from core.desk import SHOWN, Act, Waiting, card
from core.panels import Panel
from core.templatetags.house import moment
from customers.models import Call, Customer
from customers.permissions.calls import can_call
from customers.querysets.calls import with_calls_on
from customers.reads.telephone import calls_a_day, why_shut


def desk(user: Any) -> Iterator[Panel]:
    if not can_call(user):
        return
    yield from _running(user)
    yield from _backs(user)


def _running(user: Any) -> Iterator[Panel]:
    """The call of which it was not said what came of it."""
    running = Call.objects.running().filter(person=user.person)
    call = running.select_related("customer").first()
    if call is not None:
        address = reverse("call", args=[call.pk])
        note = _("called %(at)s; what came of it?") % {"at": moment(call.started_at)}
        yield card(
            key="call-open",
            title=_("Call to finish"),
            icon="phone-call",
            url=address,
            waiting=[Waiting(text=call.customer.name, url=address, note=note)],
        )


def _backs(user: Any) -> Iterator[Panel]:
    """The own customers to be called back by tomorrow night, the earliest first."""
    until = clock.end_of(clock.today() + timedelta(days=1))
    waits = Call.objects.to_call_back().filter(customer__owner=user.person, back_at__lt=until)
    rows = list(waits.order_by("back_at", "pk")[: SHOWN + 1])
    if rows:
        customers, most = _called_today(rows), calls_a_day()
        yield card(
            key="call-backs",
            title=_("To call back"),
            icon="phone-incoming",
            url=reverse("call_list") + "?why=back",
            waiting=[_to_call_back(row, customers[row.customer_id], user, most) for row in rows],
            count=waits.count() if len(rows) > SHOWN else len(rows),
        )


def _called_today(rows: Iterable[Call]) -> dict[int, Any]:
    """Whom these calls were with, each with how often they were called today."""
    customers = Customer.objects.filter(pk__in=[row.customer_id for row in rows])
    found: dict[int, Any] = with_calls_on(customers, clock.today()).in_bulk()
    return found


def _to_call_back(row: Call, customer: Any, user: Any, most: int) -> Waiting:
    """With the way to call, while a call may be made (VIS-4)."""
    shut = why_shut(customer, most=most)
    call = Act(pgettext("act", "Call"), reverse("call_new", args=[customer.customer_no]))
    return Waiting(
        text=customer.name,
        url=_address(row, customer, user),
        note=", ".join(filter(None, (row.note, shut))),
        due=row.back_at,
        act=None if shut else call,
    )


def _address(row: Call, customer: Any, user: Any) -> str:
    """One's own call; of a customer who came with one's predecessor's call, the file."""
    if row.person_id == user.person_id:
        return reverse("call", args=[row.pk])
    return reverse("customer", args=[customer.customer_no])
