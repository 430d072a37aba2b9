"""What collections put on the desk: money in hand, what customers owe, the next cutoff."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from core import clock
from core.desk import SHOWN, Figure, Waiting, card
from core.money import total
from core.months import Month
from core.panels import Panel
from core.templatetags.house import day, yuan_text
from policy.querysets import policy_book, workdays
from policy.rules import PolicyBook
from policy.workdays import Workdays, cutoff_of
from receivables.models import UnpaidDelivery
from receivables.permissions import can_see_unpaid
from receivables.permissions.counter import can_use_counter
from receivables.querysets.custody import InHand, money_in_hand, slips_held
from receivables.rules.custody import late_handover_deadline
from receivables.services.plans_telling import page_of


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role("salesperson"):
        yield _my_hands(user.person)
    if user.has_role("cashier", "finance", "manager"):
        yield _on_the_way(user)
    if can_see_unpaid(user):
        yield _unpaid(user)


def _my_hands(person: Person) -> Panel:
    """A salesperson's own: money to hand in, slips still to collect on (SLIP-2, SLIP-3)."""
    held, (slips, still_due) = money_in_hand([person]), slips_held(person)
    book, calendar = policy_book(), workdays()
    return card(
        key="my-hands",
        title=_("In my hands"),
        icon="hand-coins",
        url=reverse("road"),
        figures=[
            Figure(_("Money to hand in"), yuan_text(total(each.amount for each in held))),
            Figure(
                _("Slips"), slips, note=_("%(yuan)s to collect") % {"yuan": yuan_text(still_due)}
            ),
            _cutoff_figure(book),
        ],
        waiting=[
            Waiting(
                text=_("Hand in %(yuan)s received on %(day)s")
                % {"yuan": yuan_text(each.amount), "day": day(each.day)},
                url=_where_to(each),
                note=_payments(each),
                due=deadline(each, calendar, book),
            )
            for each in held
        ],
        empty=_("No money of the company is with you."),
    )


def _where_to(held: InHand) -> str:
    """Today's money can still be declared late (SLIP-4); of the rest the road tells."""
    can_declare = held.day == clock.today() and not held.is_declared_late
    return reverse("road_late" if can_declare else "road")


def _on_the_way(user: Any) -> Panel:
    """Cashier, finance and manager: who still has to bring money, and since when; the cashier
    counts it with one click."""
    held, counts = money_in_hand(), can_use_counter(user)
    book, calendar = policy_book(), workdays()
    return card(
        key="on-the-way",
        title=_("Money still outside"),
        icon="hand-coins",
        url=reverse("counter") if counts else "",
        figures=[
            Figure(_("In all"), yuan_text(total(each.amount for each in held))),
            _cutoff_figure(book),
        ],
        waiting=[
            Waiting(
                text=f"{each.name} · {yuan_text(each.amount)}",
                url=reverse("counter_person", args=[each.employee_no]) if counts else "",
                note=_("received on %(day)s") % {"day": day(each.day)} + " · " + _payments(each),
                due=deadline(each, calendar, book),
            )
            for each in held[:SHOWN]
        ],
        count=len(held),
        empty=_("All money received has been handed in."),
    )


def _payments(held: InHand) -> str:
    said = ngettext("%(n)s payment", "%(n)s payments", held.payments) % {"n": held.payments}
    return said + (" · " + _("late handover declared") if held.is_declared_late else "")


def deadline(held: InHand, calendar: Workdays, book: PolicyBook) -> datetime:
    """By when money received on a day is due at the cashier's (SLIP-3, SLIP-4)."""
    if held.is_declared_late:
        return late_handover_deadline(held.day, calendar, book)
    return clock.at(held.day, book.on(held.day).work_end)


def _cutoff_figure(book: PolicyBook) -> Figure:
    """The next cutoff (TIME-3)."""
    at = next_cutoff(clock.today(), book)
    days = (clock.local_date(at) - clock.today()).days
    return Figure(
        _("Next cutoff"),
        f"{clock.local(at):%m-%d %H:%M}",
        note=ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days} if days else _("today"),
    )


def next_cutoff(today: date, book: PolicyBook) -> datetime:
    month = Month.of(today)
    here = cutoff_of(month, book)
    return here if clock.now() <= here else cutoff_of(month.next(), book)


def _unpaid(user: Any) -> Panel:
    """What customers owe, of whom one may see; the escalated first (DUE-1)."""
    seen = UnpaidDelivery.objects.visible_to(user).open()
    sums = seen.sums()
    escalated = seen.filter(escalated_on__isnull=False).order_by("delivered_on", "id")
    rows = escalated.select_related("order__customer", "order__person")[:SHOWN]
    today = clock.today()
    return card(
        key="unpaid",
        title=_("Unpaid deliveries"),
        icon="hourglass",
        url=reverse("unpaid"),
        figures=[
            Figure(_("Unpaid"), yuan_text(sums["owed"])),
            Figure(_("of it escalated"), yuan_text(sums["escalated_owed"])),
        ],
        waiting=[
            Waiting(
                text=f"{row.order.customer.name} · {yuan_text(row.unpaid)}",
                url=page_of(row),
                note=_("%(order)s · %(name)s · %(n)s days since delivery")
                % {
                    "order": row.order.order_no,
                    "name": row.order.person.name,
                    "n": (today - row.delivered_on).days,
                },
            )
            for row in rows
        ],
        count=sums["escalated"],
        empty=_("Nothing is escalated."),
    )
