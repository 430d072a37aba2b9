"""The morning sitting: finance hands out the slips of the day (SLIP-1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Person
from core import clock
from core.money import ZERO
from core.permissions import require
from core.templatetags.house import yuan_text
from orders.models import Order
from policy.querysets import workdays
from receivables.forms.morning import BESIDES, Sitting, Typed, sitting_of
from receivables.permissions.slips import can_issue_slips
from receivables.querysets.blocks import Block, blocks_of
from receivables.querysets.claims import claims_of
from receivables.querysets.morning import Suggestion, orders_named, suggestions
from receivables.services import SlipRefused, slip_issue

LINES = 100
OFFERED = 8


@dataclass
class Line:
    """A suggested slip as it is shown."""

    order: Order
    suggestion: Suggestion
    amount: str
    block: Block | None = None
    wrong: str = ""

    @property
    def is_blocked(self) -> bool:
        return self.block is not None and self.block.stands


@require_http_methods(["GET", "POST"])
def morning(request: HttpRequest) -> HttpResponse:
    """Suggested lines, amounts to be changed; what is ticked is issued, each line by itself."""
    require(can_issue_slips(request.user))
    sitting = sitting_of(request.POST) if request.method == "POST" else Sitting()
    if request.method == "POST":
        _issue(request.user, sitting)
    context = _context(request, sitting)
    nothing_came = request.method == "POST" and not context["issued"]
    return render(request, "receivables/morning.html", context, status=400 if nothing_came else 200)


@require_GET
def morning_orders(request: HttpRequest) -> HttpResponse:
    """Orders to choose from while somebody types: what they leave, whose they are."""
    require(can_issue_slips(request.user))
    typed = request.GET.getlist("order")
    found = orders_named(next(filter(None, typed), "")[:60].replace("\x00", ""), most=OFFERED)
    claims = claims_of([order.pk for order in found]) if found else {}
    offered = [(each, yuan_text(max(claims[each.pk].leaves, ZERO))) for each in found]
    return render(request, "receivables/_morning_orders.html", {"offered": offered})


def _issue(user: Any, sitting: Sitting) -> None:
    """Issue each line in a transaction of its own: what one is refused keeps no other back."""
    lines = sitting.lines
    orders = _orders(user, lines)
    for line in lines:
        try:
            order = orders.get(line.order_id) or orders.get(line.order_no.lower())
            if order is None:
                raise SlipRefused(_("there is no such order"))
            line.order_id, line.order_no = order.pk, order.order_no
            line.slip = slip_issue(
                actor=user,
                order=order,
                person=_person(line, order),
                amount_due=line.yuan(),
                token=line.token,
            )
        except ValidationError as wrong:
            line.wrong = " ".join(wrong.messages)
        except SlipRefused as refusal:
            line.wrong = str(refusal)


def _orders(user: Any, lines: Iterable[Typed]) -> dict[Any, Order]:
    """The orders that lines name, by id and by number in small letters."""
    seen = Order.objects.visible_to(user).select_related("person", "customer")
    by_id = seen.filter(pk__in={line.order_id for line in lines if line.order_id})
    numbers = {line.order_no for line in lines if line.order_no}
    by_number = seen.filter(order_no__in=numbers | {no.upper() for no in numbers})
    return {
        **{order.pk: order for order in by_id},
        **{order.order_no.lower(): order for order in by_number},
    }


def _person(line: Typed, order: Order) -> Person:
    """Who is to have the slip: the order's salesperson where nobody else is named."""
    if not line.employee_no:
        return order.person
    found = Person.objects.filter(employee_no__iexact=line.employee_no).first()
    if found is None:
        raise SlipRefused(_("there is nobody with this employee number"))
    return found


def _context(request: HttpRequest, sitting: Sitting) -> dict[str, Any]:
    q = request.GET.get("q", "")[:60].replace("\x00", "")
    refused = {line.order_id: line for line in sitting.ticked if line.wrong and line.order_id}
    found = suggestions(q)
    page = _page(request, found)
    lines = _lines(page, sitting, refused)
    kept = [line for line in sitting.besides if line.wrong]
    empty = [Typed(uuid4()) for _n in range(BESIDES - len(kept))]
    return {
        "q": q,
        "page": page,
        "lines": lines,
        "suggested": len(found),
        "suggested_sum": sum((each.amount for each in found), ZERO),
        "token": uuid4(),
        "issued": [line.slip for line in sitting.lines if line.slip],
        "refused": [line for line in sitting.lines if line.wrong],
        # Refused and no longer suggested: what was typed stays, to be sent again or not.
        "besides": kept + _no_longer_suggested(refused, lines) + empty,
        "blocks": _blocks(lines),
        "is_day_off": clock.today() not in workdays(),
        "today": clock.today(),
    }


def _page(request: HttpRequest, found: list[Suggestion]) -> Page:
    return Paginator(found, LINES).get_page(request.GET.get("page", "1")[:9])


def _lines(page: Page, sitting: Sitting, refused: dict[int, Typed]) -> list[Line]:
    """The page's suggestions with their orders, what was typed, and who is blocked."""
    suggested: list[Suggestion] = list(page.object_list)
    orders = Order.objects.select_related("person", "customer").in_bulk(
        [each.order_id for each in suggested]
    )
    issued = {line.order_id for line in sitting.ticked if line.slip}
    blocks = blocks_of({order.person_id for order in orders.values()}) if orders else {}
    return [
        Line(
            order=orders[each.order_id],
            suggestion=each,
            amount=_amount(each, sitting, issued),
            block=blocks.get(orders[each.order_id].person_id),
            wrong=refused[each.order_id].wrong if each.order_id in refused else "",
        )
        for each in suggested
    ]


def _amount(each: Suggestion, sitting: Sitting, issued: set[int]) -> str:
    typed = sitting.amounts.get(each.order_id) if each.order_id not in issued else None
    return str(each.amount) if typed is None else typed


def _no_longer_suggested(refused: dict[int, Typed], lines: list[Line]) -> list[Typed]:
    shown = {line.order.pk for line in lines}
    return [typed for pk, typed in refused.items() if pk not in shown]


def _blocks(lines: list[Line]) -> list[Block]:
    """Who of those shown is blocked, or was and is lifted today."""
    found = {line.order.person_id: line.block for line in lines if line.block}
    return [block for block in found.values() if block]
