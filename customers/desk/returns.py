"""Return visits overdue, on the desk: one's own, and how many each of one's people has (VIS-3)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.querysets import led_ids
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import day
from customers.models import Customer
from customers.permissions.visits import can_record_visit
from customers.querysets.returns import overdue
from policy.querysets import policy_book


def desk(user: Any) -> Iterator[Panel]:
    if can_record_visit(user):
        yield from _own(user)
    if user.has_role("supervisor"):
        yield from _team(user)


def _interval() -> int:
    return policy_book().on(clock.today()).return_visit_days


def _own(user: Any) -> Iterator[Panel]:
    """The own customers whose return visit is overdue, the longest first."""
    late = overdue(Customer.objects.filter(owner=user.person), clock.today(), _interval())
    rows: list[Any] = list(late.order_by("quiet_since", "pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="returns",
            title=_("Return visits overdue"),
            icon="repeat",
            url=reverse("returns_due"),
            waiting=[
                Waiting(
                    text=row.name,
                    url=_record(row),
                    note=_("last on %(day)s") % {"day": day(row.last_at)}
                    if row.last_at
                    else _("never visited"),
                )
                for row in rows
            ],
            count=late.count() if len(rows) > SHOWN else len(rows),
        )


def _record(customer: Customer) -> str:
    typed = urlencode({"customer": f"{customer.customer_no} {customer.name}"})
    return f"{reverse('visit_new')}?{typed}"


def _team(user: Any) -> Iterator[Panel]:
    """How many are overdue, by salesperson, the most first."""
    late = overdue(Customer.objects.filter(owner__in=led_ids(user)), clock.today(), _interval())
    rows = late.order_by().values("owner__employee_no", "owner__name").annotate(late=Count("pk"))
    found = sorted(rows, key=lambda row: (-row["late"], row["owner__employee_no"]))
    if found:
        yield card(
            key="team-returns",
            title=_("My team's overdue return visits"),
            icon="repeat",
            url=reverse("returns_due") + "?state=late",
            waiting=[
                Waiting(
                    text=row["owner__name"],
                    url=f"{reverse('returns_due')}?{urlencode({'q': row['owner__employee_no']})}",
                    note=ngettext("%(n)s customer", "%(n)s customers", row["late"])
                    % {"n": row["late"]},
                )
                for row in found
            ],
        )
