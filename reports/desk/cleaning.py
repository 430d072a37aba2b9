"""What the roster of cleaning puts on the desk: one's own turn, and turns to confirm (MEET-3)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.querysets import led_ids
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import day
from policy.querysets import policy_book
from reports.models import CleaningTurn

LATELY = timedelta(days=7)


def desk(user: Any) -> Iterator[Panel]:
    if user.person is not None and user.person.has_role("salesperson"):
        yield from _own(user)
    if user.has_role("supervisor"):
        yield from _to_confirm(user)


def _own(user: Any) -> Iterator[Panel]:
    """One cleans today, or tomorrow."""
    today = clock.today()
    days = (today, today + timedelta(days=1))
    rows = list(CleaningTurn.objects.filter(person=user.person, on__in=days, done_at=None))
    if rows:
        book = policy_book()
        yield card(
            key="cleaning",
            title=_("Morning cleaning"),
            icon="brush-cleaning",
            url=reverse("cleaning"),
            waiting=[
                Waiting(
                    text=_("You clean today") if row.on == today else _("You clean tomorrow"),
                    url=reverse("cleaning_turn", args=[row.pk]),
                    note=_("owed for missing points") if row.owed_for else "",
                    due=clock.at(row.on, book.on(row.on).work_start),
                )
                for row in rows
            ],
        )


def _to_confirm(user: Any) -> Iterator[Panel]:
    """What one's people say they have cleaned."""
    done = CleaningTurn.objects.filter(
        person__in=led_ids(user),
        done_at__isnull=False,
        confirmed_by=None,
        on__gte=clock.today() - LATELY,
    )
    rows = list(done.select_related("person").order_by("on", "pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="cleaning-done",
            title=_("Cleaning to confirm"),
            icon="brush-cleaning",
            url=reverse("cleaning") + "?state=done",
            waiting=[
                Waiting(
                    text=row.person.name,
                    url=reverse("cleaning_turn", args=[row.pk]),
                    note=day(row.on),
                )
                for row in rows
            ],
            count=done.count() if len(rows) > SHOWN else len(rows),
        )
