"""Fines paid in cash to the manager, and the cash on its way to the cashier (ATT-2, S4.3)."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Person
from attendance.forms.fines import GiveBackForm, HandoverForm, TickForm
from attendance.incidents import Standing, judged, standing
from attendance.lists.asked import HandoverList
from attendance.models import FineHandover, FinePayment
from attendance.navigation.explaining import cash_tabs
from attendance.permissions.fines import (
    can_give_back,
    can_see_cash,
    can_see_fines,
    can_sign,
    can_take_cash,
    can_take_cash_of,
)
from attendance.services.fines import (
    amount_of,
    fine_give_back,
    fine_tick,
    fine_untick,
    fines_hand_over,
    fines_sign,
    forgiven,
    key_of,
)
from attendance.services.refusals import AttendanceRefused
from core import clock
from core.lists import list_page
from core.months import Month
from core.permissions import require
from policy.clauses import clause_of

SHOWN = 200


@require_GET
def fines(request: HttpRequest) -> HttpResponse:
    """Today's unpaid fines and the month's, to be ticked; the cash in hand."""
    return _page(request, Month.of(clock.today()))


@require_GET
def fines_of_month(request: HttpRequest, month: Month) -> HttpResponse:
    if month > Month.of(clock.today()):
        raise Http404
    return _page(request, month)


def _page(request: HttpRequest, month: Month) -> HttpResponse:
    require(can_see_fines(request.user))
    people = {
        person.employee_no: person for person in Person.objects.salespeople().employed_in(month)
    }
    rows = standing(judged(month, people.values(), with_payments=False))
    today = clock.today()
    payments = _payments(request.user, month)
    paid = {_side(each) for each in payments if each.given_back_at is None}
    unpaid = [(people[row.employee_no], row) for row in rows if _side_of(row) not in paid]
    ticked = [each for each in payments if _is_in_hand(each, request.user)]
    in_hand = amount_of(ticked)
    earlier = [(person, row) for person, row in unpaid if row.day != today]
    context = {
        "month": month,
        "previous": month.previous(),
        "next": month.next() if month < Month.of(today) else None,
        "today": [(person, row) for person, row in unpaid if row.day == today],
        "earlier": earlier[:SHOWN],
        "more": max(len(earlier) - SHOWN, 0),
        "taking": can_take_cash(request.user),
        "to_give_back": [
            (each, can_give_back(request.user, each))
            for each in _excused_since(payments, rows, month)
        ],
        "given_back": [each for each in payments if each.given_back_at],
        "ticked": ticked,
        "in_hand": in_hand,
        "handover_form": HandoverForm(initial={"expected": f"{in_hand:f}"}),
        "day": today,
        "tabs": cash_tabs(request),
        "clauses": [clause_of("ATT-2")],
    }
    return render(request, "attendance/fines.html", context)


def _payments(user: Any, month: Month) -> list[FinePayment]:
    """What was paid in cash for a month, and all one has in hand; the latest first. One query."""
    of_month = Q(date__range=(month.first_day, month.last_day))
    in_hand = Q(taken_by=user, handover=None, given_back_at=None)
    rows = FinePayment.objects.filter(of_month | in_hand)
    beside = ("person", "handover", "taken_by__person", "given_back_by__person")
    return list(rows.select_related(*beside).order_by("-paid_at", "-pk"))


def _is_in_hand(payment: FinePayment, user: Any) -> bool:
    taken = payment.taken_by_id == user.pk
    return taken and payment.handover_id is None and payment.given_back_at is None


def _side(payment: FinePayment) -> tuple[str, date, str]:
    return payment.person.employee_no, payment.date, payment.side


def _side_of(row: Standing) -> tuple[str, date, str]:
    return row.employee_no, row.day, row.side


def _excused_since(
    payments: list[FinePayment], rows: list[Standing], month: Month
) -> list[FinePayment]:
    """Cash for fines that stand no more, or were forgiven: it is to be given back. One query."""
    stand = set(map(_side_of, rows))
    kept = [each for each in payments if each.date in month and each.given_back_at is None]
    gone = forgiven(map(key_of, kept))
    return [each for each in kept if _side(each) not in stand or key_of(each) in gone]


def _fine(request: HttpRequest) -> tuple[Person, dict[str, Any]]:
    """Whose fine a form names; who does not read well is nobody's."""
    require(can_take_cash(request.user))
    form = TickForm(request.POST)
    if not form.is_valid():
        raise Http404
    people = Person.objects.salespeople().filter(employee_no=form.cleaned_data["employee_no"])
    person: Person = get_object_or_404(people)
    require(can_take_cash_of(request.user, person))
    return person, form.cleaned_data


@require_POST
def fines_tick(request: HttpRequest) -> HttpResponse:
    """Paid in cash just now."""
    person, given = _fine(request)
    try:
        fine_tick(person=person, day=given["date"], side=given["side"], actor=request.user)
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s paid in cash.") % {"name": person.name})
    return redirect("fines_of_month", month=Month.of(given["date"]))


@require_POST
def fines_untick(request: HttpRequest) -> HttpResponse:
    """Not paid after all: on the same day, as long as the cash is in hand."""
    person, given = _fine(request)
    ticked = FinePayment.objects.filter(person=person, date=given["date"], side=given["side"])
    payment = ticked.first()
    if payment is not None:  # else it was taken back before: that is what is wanted
        try:
            fine_untick(payment=payment, actor=request.user)
        except AttendanceRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Taken back."))
    return redirect("fines_of_month", month=Month.of(given["date"]))


@require_POST
def fines_give_back(request: HttpRequest) -> HttpResponse:
    """The cash of a fine that stands no more goes back to whoever paid it."""
    require(can_see_fines(request.user))
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    rows = FinePayment.objects.select_related("person", "handover").filter(
        person__employee_no=given["employee_no"], date=given["date"], side=given["side"]
    )
    payment = get_object_or_404(rows)
    require(can_give_back(request.user, payment))
    payment.handover_id = given["handover"]  # where the cash was seen
    try:
        fine_give_back(payment=payment, actor=request.user)
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Given back."))
    return redirect("fines_of_month", month=Month.of(given["date"]))


@require_GET
def fine_handovers(request: HttpRequest) -> HttpResponseBase:
    """The cash of fines that was handed over, and what waits for a signature."""
    require(can_see_cash(request.user))
    return list_page(request, HandoverList)


@require_POST
def fines_handover(request: HttpRequest) -> HttpResponse:
    """Hand all cash in hand to the cashier."""
    require(can_take_cash(request.user))
    form = HandoverForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Open the form anew and send it again."))
        return redirect("fines")
    try:
        fines_hand_over(actor=request.user, **form.cleaned_data)
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("fines")
    messages.success(request, _("Handed over; the cashier signs for it."))
    return redirect("fine_handovers")


@require_POST
def fine_handover_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The cashier has counted it."""
    require(can_see_cash(request.user))
    handover = get_object_or_404(FineHandover, pk=pk)
    require(can_sign(request.user, handover))
    try:
        fines_sign(handover=handover, actor=request.user)
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Signed for."))
    return redirect("fine_handovers")
