"""Collection slips: the list, one slip with the money on it, and paper (SLIP-1, SLIP-2)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock, qr
from core.files.querysets import files_of
from core.lists import ChoiceRefused, chosen_rows, list_page
from core.permissions import require
from receivables.bank.panels import bank_facts
from receivables.forms.slips import PaymentForm, PhotosForm, RefusalForm
from receivables.lists.slips import SlipList
from receivables.models import Payment, Refusal, Slip
from receivables.permissions.slips import can_collect, can_return_slip, can_see_slips
from receivables.permissions.undoing import can_undo
from receivables.querysets.claims import slips_attach
from receivables.services import SlipRefused, slip_return
from receivables.services.road import PHOTOS

MOST_SHEETS = 200


@require_GET
def slips(request: HttpRequest) -> HttpResponseBase:
    """The slips one may see; chosen ones as sheets."""
    require(can_see_slips(request.user))
    return list_page(request, SlipList)


@require_GET
def slip(request: HttpRequest, slip_no: str) -> HttpResponse:
    """A slip to whoever may see it: money, refusals, who holds it, what can be done (SLIP-1)."""
    return slip_page(request, slip_found(request, slip_no))


def slip_found(request: HttpRequest, slip_no: str) -> Slip:
    """A slip that this user may see, with the money on it. Raises `Http404`."""
    seen = Slip.objects.visible_to(request.user).select_related(
        "order__customer", "order__person", "person"
    )
    return slips_attach([get_object_or_404(seen, slip_no=slip_no)])[0]


def slip_page(
    request: HttpRequest,
    row: Slip,
    *,
    payment: PaymentForm | None = None,
    refusal: RefusalForm | None = None,
    photos: PhotosForm | None = None,
) -> HttpResponse:
    """The page of a slip, with the forms as they were sent where something is wrong with them."""
    user: Any = request.user
    payments = list(Payment.objects.filter(slip=row).order_by("received_at", "id"))
    kept = files_of(PHOTOS, [each.pk for each in payments])
    on_bank = bank_facts(user, payments)
    collecting = can_collect(user, row)
    told: Any = row
    told.payment_form, told.refusal_form = payment or PaymentForm(), refusal or RefusalForm()
    context = {
        "slip": row,
        "payments": [(each, kept[str(each.pk)], on_bank.get(each.pk, ())) for each in payments],
        "can_undo": bool(can_undo(user, row.person, row.order.person)),
        "refusals": Refusal.objects.filter(slip=row).order_by("-at", "-id"),
        "qr": qr.as_image(address_of(request, row)),
        "collecting": bool(collecting) and told.still_due > 0,
        "can_add_photos": user.person_id == row.person_id,
        "returning": bool(can_return_slip(user, row)) and row.returned_at is None,
        "photos_form": photos or PhotosForm(),
        "today": clock.today(),
        "changed_as": [row, *payments],
    }
    wrong = any(form is not None and form.errors for form in (payment, refusal, photos))
    return render(request, "receivables/slip.html", context, status=400 if wrong else 200)


def address_of(request: HttpRequest, row: Slip) -> str:
    """The whole address of a slip's page, as its QR code has it."""
    return request.build_absolute_uri(reverse("slip", args=[row.slip_no]))


@require_POST
def slip_take_back(request: HttpRequest, slip_no: str) -> HttpResponse:
    """Finance takes a slip back."""
    row = slip_found(request, slip_no)
    require(can_return_slip(request.user, row))
    try:
        returned = slip_return(actor=request.user, slip=row)
    except SlipRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("The slip is returned.") if returned else _("The slip had been returned already.")
        messages.success(request, said)
    return redirect("slip", slip_no=slip_no)


@require_http_methods(["GET", "POST"])
def slip_sheets(request: HttpRequest) -> HttpResponse:
    """Slips for the printer: two on a page, or as a list to be signed (`as=list`).

    POST: those chosen in the list. GET: those named (`no`), so that a sheet can be printed again.
    """
    require(can_see_slips(request.user))
    try:
        rows = _chosen(request)
    except ChoiceRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("slips")
    as_list = request.GET.get("as") == "list"
    context = {
        "slips": [(row, qr.as_image(address_of(request, row))) for row in slips_attach(rows)],
        "as_list": as_list,
        "numbers": [row.slip_no for row in rows],
        "today": clock.today(),
    }
    return render(request, "receivables/slip_sheets.html", context)


def _chosen(request: HttpRequest) -> list[Slip]:
    if request.method == "POST":
        chosen = chosen_rows(SlipList(request), most=MOST_SHEETS)
        wanted = {"pk__in": [row.pk for row in chosen]}
    else:
        numbers = [no[:32].replace("\x00", "") for no in request.GET.getlist("no")]
        wanted = {"slip_no__in": numbers[:MOST_SHEETS]}
    seen = Slip.objects.visible_to(request.user).filter(**wanted)
    ordered = seen.select_related("order__customer", "person")
    return list(ordered.order_by("person__employee_no", "slip_no"))
