"""The files of new customers, to be completed within their month (CUS-1)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.desk import SHOWN, Figure, Waiting, card
from core.months import Month
from core.panels import Panel
from customers.models import Customer
from customers.querysets.files import CustomerQuerySet
from customers.reads.files import completeness_counted, lacking_words

LACKS_SHOWN = 3


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role("salesperson"):
        yield from _mine(user)
    if user.has_role("supervisor", "manager"):
        yield from _others(user)


def _to_complete(rows: CustomerQuerySet) -> CustomerQuerySet:
    """Files of this month and of the last that lack something."""
    this = Month.of(clock.today())
    return rows.filter(created_on__gte=this.previous().first_day).incomplete()


def _due(file: Customer) -> datetime:
    return Month.of(file.created_on).end - timedelta(seconds=1)


def _mine(user: Any) -> Iterator[Panel]:
    """One's own, the oldest first, each with what it lacks and until when."""
    own = Customer.objects.standing().filter(owner=user.person_id)
    found = list(_to_complete(own).with_contact_counts().order_by("created_on", "id"))
    if found:
        yield card(
            key="files",
            title=_("Files to complete"),
            icon="building-2",
            url=reverse("customers") + "?state=incomplete",
            waiting=[
                Waiting(
                    text=file.name,
                    url=reverse("customer", args=[file.customer_no]),
                    note=_lacks(file),
                    due=_due(file),
                )
                for file in found[:SHOWN]
            ],
            count=len(found),
        )


def _lacks(file: Customer) -> str:
    lacking = lacking_words(completeness_counted(file).lacking)
    shown = "、".join(lacking[:LACKS_SHOWN])
    return shown + ("…" if len(lacking) > LACKS_SHOWN else "")


def _others(user: Any) -> Iterator[Panel]:
    """How many files of those one leads are not complete."""
    rows = Customer.objects.visible_to(user).exclude(owner=user.person_id)
    count = _to_complete(rows.filter(owner__isnull=False)).count()
    if count:
        yield card(
            key="team-files",
            title=_("New customers' files"),
            icon="building-2",
            url=reverse("customers") + "?state=incomplete",
            figures=[Figure(_("Not complete"), count, note=_("of this month and the last"))],
        )
