"""The salesperson's phone: slips in hand, money and refusals recorded on them (SLIP-2, SLIP-4)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.files.services import FileRefused
from core.permissions import require
from core.templatetags.house import moment, yuan_text
from core.uploads import is_too_large
from policy.clauses import clause_of
from policy.querysets import policy_book, workdays
from receivables.desk.money import deadline
from receivables.forms.slips import LateForm, PaymentForm, PhotosForm, RefusalForm
from receivables.models import LateHandover, Payment, Slip
from receivables.permissions.slips import can_collect, can_take_the_road
from receivables.querysets.custody import money_in_hand
from receivables.querysets.road import on_the_road
from receivables.rules.custody import late_handover_deadline
from receivables.services import (
    Cheque,
    SlipRefused,
    late_handover_declare,
    payment_take_down,
    photos_add,
    refusal_record,
)
from receivables.views.slips import slip_found, slip_page

ANOTHER = 409


@require_GET
def road(request: HttpRequest) -> HttpResponse:
    """My slips in hand, each with its forms: what is typed here needs no connection."""
    user: Any = request.user
    require(can_take_the_road(user))
    context = {
        "slips": _with_forms(on_the_road(user.person)),
        "today": clock.today(),
        **_money(user.person),
    }
    return render(request, "receivables/road.html", context)


def _with_forms(rows: list[Slip]) -> list[Slip]:
    """Forms of their own for each slip: each has a token of its own."""
    for row in rows:
        told: Any = row
        told.payment_form, told.refusal_form = PaymentForm(), RefusalForm()
    return rows


def _money(person: Any) -> dict[str, Any]:
    """What is in hand, until when it is due, and whether today's is declared late."""
    book, calendar = policy_book(), workdays()
    held = money_in_hand([person])
    return {
        "in_hand": [(each, deadline(each, calendar, book)) for each in held],
        "declared": LateHandover.objects.filter(person=person, date=clock.today()).first(),
        "late_until": late_handover_deadline(clock.today(), calendar, book),
    }


@require_GET
def road_token(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and a fresh token of theirs, for a page that was open for long."""
    user: Any = request.user
    require(can_take_the_road(user))
    return JsonResponse({"user": user.pk, "token": get_token(request)})


@require_POST
def payment_new(request: HttpRequest, slip_no: str) -> HttpResponse:
    """Record what a customer paid (SLIP-2)."""
    form = PaymentForm(request.POST, request.FILES, too_large=is_too_large(request))

    def record(row: Slip, said: dict[str, Any]) -> str:
        payment = payment_take_down(
            actor=request.user,
            slip=row,
            amount=said["amount"],
            method=said["method"],
            received_at=said["at"],
            token=said["token"],
            cheque=Cheque(said["cheque_no"], said["cheque_bank"]),
            photos=said["photos"],
        )
        return _("%(yuan)s recorded on %(slip)s.") % {
            "yuan": yuan_text(payment.amount),
            "slip": slip_no,
        }

    return _recorded(request, slip_no, form, record)


@require_POST
def refusal_new(request: HttpRequest, slip_no: str) -> HttpResponse:
    """Record that a customer did not pay, and what was said (SLIP-2)."""
    form = RefusalForm(request.POST)

    def record(row: Slip, said: dict[str, Any]) -> str:
        refusal_record(
            actor=request.user,
            slip=row,
            at=said["at"],
            reason=said["reason"],
            promised_on=said["promised_on"],
            token=said["token"],
        )
        return _("Recorded what the customer of %(slip)s said.") % {"slip": slip_no}

    return _recorded(request, slip_no, form, record)


def _recorded(
    request: HttpRequest,
    slip_no: str,
    form: PaymentForm | RefusalForm,
    record: Callable[[Slip, dict[str, Any]], str],
) -> HttpResponse:
    """Do it, and answer a form with a page, the queue of a phone with what it needs to know."""
    is_queue = request.headers.get("Accept") == "application/json"
    row = slip_found(request, slip_no)
    if _typed_by_another(request):
        return _another(request, slip_no, is_queue=is_queue)
    may = can_collect(request.user, row)
    if not may and is_queue and not _is_known(form, row):
        return JsonResponse({"errors": [str(may.reason)]}, status=403)
    if not _is_known(form, row):
        require(may)
    said = ""
    if form.is_valid():
        try:
            said = record(row, form.cleaned_data)
        except (SlipRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
    if is_queue:
        return _told(request, slip_no, form, said)
    if form.errors:
        if isinstance(form, PaymentForm):
            return slip_page(request, row, payment=form)
        return slip_page(request, row, refusal=form)
    messages.success(request, said)
    return redirect("slip", slip_no=slip_no)


def _is_known(form: PaymentForm | RefusalForm, row: Slip) -> bool:
    """Whether it was recorded before: then the same is answered, whatever became of the slip."""
    if not form.is_valid():
        return False
    rows: Any = row.payments if isinstance(form, PaymentForm) else row.refusals
    return bool(rows.filter(token=form.cleaned_data["token"]).exists())


def _typed_by_another(request: HttpRequest) -> bool:
    """A page that was left open by somebody else: what they typed is theirs to send."""
    return request.POST.get("by", str(request.user.pk)) != str(request.user.pk)


def _another(request: HttpRequest, slip_no: str, *, is_queue: bool) -> HttpResponse:
    said = _("This was typed by somebody else, who has to sign in to send it.")
    if is_queue:
        return JsonResponse({"errors": [said]}, status=ANOTHER)
    messages.error(request, said)
    return redirect("slip", slip_no=slip_no)


def _told(
    request: HttpRequest, slip_no: str, form: PaymentForm | RefusalForm, said: str
) -> HttpResponse:
    """What the queue of a phone is told: what is wrong, or the slip as it stands now."""
    if form.errors:
        wrong = [str(each) for errors in form.errors.values() for each in errors]
        return JsonResponse({"errors": wrong}, status=400)
    return JsonResponse({"said": said, "card": _card(request, slip_no)})


def _card(request: HttpRequest, slip_no: str) -> str:
    user: Any = request.user
    found = _with_forms(on_the_road(user.person, slip_no=slip_no))
    if not found:
        return ""
    context = {"slip": found[0], "today": clock.today()}
    return render_to_string("receivables/_road_slip.html", context, request=request)


@require_POST
def payment_photos(request: HttpRequest, slip_no: str, pk: int) -> HttpResponse:
    """Photos of a payment that were not sent with it: a bad connection, a full phone."""
    row = slip_found(request, slip_no)
    payment = get_object_or_404(Payment.objects.filter(slip=row), pk=pk)
    require(can_collect(request.user, row))
    form = PhotosForm(request.POST, request.FILES, too_large=is_too_large(request))
    if form.is_valid():
        try:
            photos_add(actor=request.user, payment=payment, photos=form.cleaned_data["photos"])
        except FileRefused as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return slip_page(request, row, photos=form)
    messages.success(request, _("The photo is kept."))
    return redirect("slip", slip_no=slip_no)


@require_http_methods(["GET", "POST"])
def late(request: HttpRequest) -> HttpResponse:
    """Declare that today's money comes on the next workday (SLIP-4)."""
    user: Any = request.user
    require(can_take_the_road(user))
    form = LateForm(request.POST or None, initial={"day": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            late_handover_declare(
                actor=user,
                person=user.person,
                reason=form.cleaned_data["reason"],
                day=form.cleaned_data["day"],
            )
        except SlipRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            until = moment(_money(user.person)["late_until"])
            said = _("Declared. The money is due at the cashier's until %(at)s.") % {"at": until}
            messages.success(request, said)
            return redirect("road")
    wrong = request.method == "POST"
    context = {"form": form, "clause": clause_of("SLIP-4"), **_money(user.person)}
    context["today"] = clock.today()
    return render(request, "receivables/late.html", context, status=400 if wrong else 200)
