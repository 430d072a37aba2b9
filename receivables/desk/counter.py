"""What the evening's counter puts on the desk: differences, sheets and slip counts that wait."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import day, moment, yuan_text
from receivables.models import DaySheet, Discrepancy, SlipCount

State = Discrepancy.State


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role("salesperson"):
        yield from _own(user)
    if user.has_role("finance"):
        yield from _differences(user)
        yield from _sheets(user)
        yield from _unconfirmed(user)


def _own(user: Any) -> Iterator[Panel]:
    """One's own differences to explain, and the count of one's slips to confirm. Two queries."""
    mine = Discrepancy.objects.filter(handover__person=user.person, state=State.OPEN)
    waiting = [
        Waiting(
            text=_("Explain the difference of %(yuan)s") % {"yuan": yuan_text(each.amount)},
            url=reverse("difference", args=[each.pk]),
            note=_("no new slips until finance has settled it"),
        )
        for each in mine.order_by("pk")[: SHOWN + 1]
    ]
    latest = SlipCount.objects.filter(person=user.person).order_by("-pk").first()
    if latest and latest.confirmed_at is None:
        waiting.append(
            Waiting(
                text=_("Confirm the count of your slips"),
                url=reverse("slip_count", args=[latest.pk]),
                note=ngettext("%(n)s slip held", "%(n)s slips held", len(latest.held))
                % {"n": len(latest.held)},
            )
        )
    if waiting:
        yield card(key="own-counter", title=_("From the counter"), icon="scale", waiting=waiting)


def _differences(user: Any) -> Iterator[Panel]:
    """Differences to settle, those explained first; without one's own."""
    waits = Discrepancy.objects.visible_to(user).unsettled()
    waits = waits.exclude(handover__person=user.person_id)
    rows = list(waits.select_related("handover__person").order_by("state", "pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="differences",
            title=_("Differences to settle"),
            icon="scale",
            url=f"{reverse('differences')}?state=waiting",
            waiting=[
                Waiting(
                    text=f"{each.handover.person.name} · {yuan_text(each.amount)}",
                    url=reverse("difference", args=[each.pk]),
                    note=each.get_state_display(),
                )
                for each in rows
            ],
            count=waits.count() if len(rows) > SHOWN else len(rows),
        )


def _sheets(user: Any) -> Iterator[Panel]:
    """Sheets to sign off, the oldest first; without those one closed."""
    waits = DaySheet.objects.filter(signed_at=None).exclude(closed_by=user.pk)
    rows = list(waits.order_by("pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="sheets",
            title=_("Day sheets to sign off"),
            icon="clipboard-list",
            url=f"{reverse('sheets')}?state=waiting",
            waiting=[
                Waiting(
                    text=f"{each.sheet_no} · {day(each.date)}",
                    url=reverse("sheet", args=[each.sheet_no]),
                    note=_("cash %(cash)s, cheques %(cheques)s")
                    % {"cash": yuan_text(each.cash), "cheques": yuan_text(each.cheques)},
                )
                for each in rows
            ],
            count=waits.count() if len(rows) > SHOWN else len(rows),
        )


def _unconfirmed(user: Any) -> Iterator[Panel]:
    """Counts of slips nobody has confirmed yet, the latest of each person."""
    waits = SlipCount.objects.visible_to(user).waiting().exclude(person=user.person_id)
    rows = list(waits.select_related("person").order_by("pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="slip-counts",
            title=_("Slip counts not confirmed"),
            icon="list-checks",
            waiting=[
                Waiting(
                    text=each.person.name,
                    url=reverse("slip_count", args=[each.pk]),
                    note=_missing(each) or moment(each.counted_at),
                )
                for each in rows
            ],
            count=waits.count() if len(rows) > SHOWN else len(rows),
        )


def _missing(count: SlipCount) -> str:
    """How many were not shown, where some were not."""
    if not count.missing:
        return ""
    said = ngettext("%(n)s slip missing", "%(n)s slips missing", len(count.missing))
    return said % {"n": len(count.missing)}
