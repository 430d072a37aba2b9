"""Visits: recorded on the phone, listed, one by itself (VIS-1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.files.querysets import files_of
from core.files.services import FileRefused
from core.lists import list_page
from core.middleware import permissions_policy
from core.permissions import require
from core.uploads import is_too_large
from customers.forms.fields import AnswerForm, WhyForm
from customers.forms.picking import called, offered_for
from customers.forms.visits import PhotosForm, VisitForm
from customers.lists.visits import VisitList
from customers.models import Visit
from customers.navigation.visits import visit_tabs
from customers.permissions.visits import (
    can_add_photos,
    can_answer_void,
    can_record_visit,
    can_see_visits,
    can_settle_void,
    can_tick_step,
    can_void,
    is_own,
)
from customers.querysets.visits import last_customers
from customers.reads.points import meter_of
from customers.reads.week import planned_today
from customers.services import VisitRefused, photos_add, visit_record, visit_step_done
from customers.services.visits import PHOTOS
from policy.clauses import clause_of

ANOTHER = 409
OFFERED, LATEST = 8, 6


@require_GET
def visits(request: HttpRequest) -> HttpResponseBase:
    """The visits one may see."""
    require(can_see_visits(request.user))
    return list_page(request, VisitList)


@require_http_methods(["GET", "POST"])
def visit_new(request: HttpRequest) -> HttpResponse:
    """Record a visit: a page for the phone. What is typed needs no connection (road.js)."""
    user: Any = request.user
    require(can_record_visit(user))
    if request.method == "POST":
        return _sent(request)
    initial = {"customer": request.GET.get("customer", "")[:160]}
    return _page(request, VisitForm(user=user, initial=initial))


def _page(request: HttpRequest, form: VisitForm) -> HttpResponse:
    user: Any = request.user
    context = {
        "form": form,
        "planned": [(called(each), each.name) for each in planned_today(user.person)],
        "latest": [(called(each), each.name) for each in last_customers(user.person, most=LATEST)],
        "tabs": visit_tabs(request),
        "draft": f"visit-{user.pk}",
        **_today(user),
    }
    wrong = bool(form.errors)
    response = render(request, "customers/visit_new.html", context, status=400 if wrong else 200)
    # It may ask where somebody is, if they want to tell.
    response.headers["Permissions-Policy"] = permissions_policy(geolocation="self")
    return response


def _today(user: Any) -> dict[str, Any]:
    """Points of the month, and what was recorded today."""
    today = clock.today()
    own = Visit.objects.filter(
        person=user.person, at__gte=clock.start_of(today), at__lt=clock.end_of(today)
    )
    return {
        "meter": meter_of(user.person),
        "visits": list(own.select_related("customer").order_by("-at", "-pk")),
    }


def _sent(request: HttpRequest) -> HttpResponse:
    """Record it, and answer a form with a page, the queue of a phone with what it needs to know."""
    user: Any = request.user
    is_queue = request.headers.get("Accept") == "application/json"
    # A page that was left open by somebody else: what they typed is theirs to send.
    if request.POST.get("by", str(user.pk)) != str(user.pk):
        return _another(is_queue)
    form = VisitForm(request.POST, request.FILES, user=user, too_large=is_too_large(request))
    made = _recorded(request, form)
    if is_queue:
        return _told(request, form)
    if made is None:
        return _page(request, form)
    messages.success(request, _("The visit is recorded."))
    return redirect("visit", pk=made.pk)


def _recorded(request: HttpRequest, form: VisitForm) -> Visit | None:
    user: Any = request.user
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        return visit_record(
            person=user.person,
            customer=given["customer"],
            at=given["at"],
            kind=given["kind"],
            content=given["content"],
            told=form.told(),
            token=given["token"],
            actor=user,
        )
    except (VisitRefused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return None


def _another(is_queue: bool) -> HttpResponse:
    said = _("This was typed by somebody else, who has to sign in to send it.")
    if is_queue:
        return JsonResponse({"errors": [said]}, status=ANOTHER)
    return HttpResponse(said, status=ANOTHER, content_type="text/plain; charset=utf-8")


def _told(request: HttpRequest, form: VisitForm) -> HttpResponse:
    """What the queue of a phone is told: what is wrong, or the day as it stands now."""
    if form.errors:
        wrong = [str(each) for errors in form.errors.values() for each in errors]
        return JsonResponse({"errors": wrong}, status=400)
    said = _("Visit to %(customer)s recorded.") % {"customer": form.cleaned_data["customer"].name}
    card = render_to_string("customers/_visits_today.html", _today(request.user), request=request)
    return JsonResponse({"said": said, "card": card})


@require_GET
def visit_token(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and a fresh token of theirs, for a page that was open for long."""
    require(can_record_visit(request.user))
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})


@require_GET
def visit_customers(request: HttpRequest) -> HttpResponse:
    """A fragment: the customers that what is typed may mean, of those one may see."""
    require(can_record_visit(request.user))
    typed = request.GET.get("customer", "")
    found = offered_for(request.user, typed, most=OFFERED)
    offered = [(called(each), each.name) for each in found]
    # What was chosen is typed in full, and needs no offer.
    context = {"offered": offered, "typed": typed.strip()}
    return render(request, "customers/_customers_offered.html", context)


def visit_found(request: HttpRequest, pk: int) -> Visit:
    seen = Visit.objects.visible_to(request.user)
    rows = seen.select_related(
        "customer", "call", "person__supervisor", "voided_by__person", "settled_by__person"
    )
    found: Visit = get_object_or_404(rows, pk=pk)
    return found


@require_GET
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit: what was said, what follows, photos and place."""
    return visit_page(request, visit_found(request, pk))


def visit_page(request: HttpRequest, found: Visit, **forms: Any) -> HttpResponse:
    user, seen = request.user, {"version": found.version}
    context = {
        "visit": found,
        "is_own": is_own(user, found.person_id),
        "ticking": found.has_open_step and bool(can_tick_step(user, found)),
        "photo_form": PhotosForm() if can_add_photos(user, found) else None,
        "void_form": WhyForm(initial=seen) if can_void(user, found) else None,
        "answer_form": AnswerForm(initial=seen) if can_answer_void(user, found) else None,
        "settle_form": WhyForm(initial=seen) if can_settle_void(user, found) else None,
        "files": files_of(PHOTOS, [found.pk])[str(found.pk)],
        "clauses": [clause_of("VIS-1"), clause_of("VIS-2")],
        "changed_as": [found],
        **forms,
    }
    return render(request, "customers/visit.html", context, status=400 if forms else 200)


@require_POST
def visit_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick the next step of an own visit as done."""
    found = visit_found(request, pk)
    require(can_tick_step(request.user, found))
    if visit_step_done(visit=found, actor=request.user):
        messages.success(request, _("Ticked as done."))
    else:
        messages.info(request, _("It was ticked already."))
    return redirect("visit", pk=pk)


@require_POST
def visit_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Photos of an own visit that were not sent with it: a bad connection, a full phone."""
    found = visit_found(request, pk)
    require(can_add_photos(request.user, found))
    form = PhotosForm(request.POST, request.FILES, too_large=is_too_large(request))
    if form.is_valid():
        try:
            photos_add(visit=found, photos=form.cleaned_data["photos"], actor=request.user)
        except FileRefused as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return visit_page(request, found, photo_form=form)
    messages.success(request, _("The photo is kept."))
    return redirect("visit", pk=pk)
