"""Next steps of visits on the desk, until they are done (VIS-1)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.desk import SHOWN, Act, Waiting, card
from core.panels import Panel
from customers.models import Visit
from customers.permissions.visits import can_record_visit

AHEAD = timedelta(days=7)  # so long before its day a step is on the desk


def desk(user: Any) -> Iterator[Panel]:
    if not can_record_visit(user):
        return
    own = Visit.objects.filter(person=user.person, next_on__lte=clock.today() + AHEAD)
    open_steps = own.with_open_step()
    rows = list(open_steps.select_related("customer").order_by("next_on", "pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="next-steps",
            title=_("Next steps with customers"),
            icon="footprints",
            url=reverse("visits") + "?state=step",
            waiting=[
                Waiting(
                    text=row.next_step,
                    url=reverse("visit", args=[row.pk]),
                    note=row.customer.name,
                    due=clock.end_of(row.next_on) - timedelta(minutes=1),
                    act=Act(_("Done"), reverse("visit_step", args=[row.pk])),
                )
                for row in rows
            ],
            count=open_steps.count() if len(rows) > SHOWN else len(rows),
        )
