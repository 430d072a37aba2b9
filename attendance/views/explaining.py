"""One's own days: what went wrong in a month, and what is asked about it (ATT-1, ATT-6)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from attendance.forms.explaining import ExcuseForm, MakeUpForm, OutingForm
from attendance.incidents import sides_of
from attendance.kinds import EXCUSES, MAKE_UPS, OUTINGS, Kind
from attendance.models import Side
from attendance.navigation.explaining import day_tabs
from attendance.permissions.explaining import can_explain
from attendance.services.excuses import excuse_ask
from attendance.services.make_ups import make_up_ask
from attendance.services.outings import outing_ask
from attendance.services.refusals import AttendanceRefused
from core import clock
from core.files.services import FileRefused
from core.months import Month
from core.permissions import require
from core.uploads import is_too_large
from customers.models import Customer
from payroll.models import PayMonth
from policy.clauses import clause_of


@require_GET
def explain(request: HttpRequest) -> HttpResponse:
    """This month's."""
    return _month_page(request, Month.of(clock.today()))


@require_GET
def explain_month(request: HttpRequest, month: Month) -> HttpResponse:
    """Another month's."""
    if month > Month.of(clock.today()):
        raise Http404
    return _month_page(request, month)


def _month_page(request: HttpRequest, month: Month) -> HttpResponse:
    require(can_explain(request.user))
    user: Any = request.user
    final = PayMonth.objects.filter(month=month, state=PayMonth.State.FINAL).exists()
    context = {
        "month": month,
        "previous": month.previous(),
        "next": month.next() if month < Month.of(clock.today()) else None,
        "sides": sides_of(user.person, month),
        "is_final": final,
        "tabs": day_tabs(request),
        "clauses": [clause_of("ATT-1"), clause_of("ATT-2"), clause_of("ATT-6")],
    }
    return render(request, "attendance/explain.html", context)


@require_http_methods(["GET", "POST"])
def explain_new(request: HttpRequest) -> HttpResponse:
    """Explain one side of a day, with photos."""
    require(can_explain(request.user))
    asked = {name: request.GET.get(name, "") for name in ("date", "side")}
    initial = {
        "date": asked["date"] or clock.today().isoformat(),
        "side": asked["side"] if asked["side"] in Side.values else Side.IN,
    }
    if request.method == "POST":
        form = ExcuseForm(request.POST, request.FILES, too_large=is_too_large(request))
    else:
        form = ExcuseForm(initial=initial)
    said = _("Sent; it waits for a decision.")
    return _ask(request, form, EXCUSES, _excuse, said)


def _excuse(form: ExcuseForm, user: Any) -> Any:
    given = form.cleaned_data
    return excuse_ask(
        person=user.person,
        day=given["date"],
        side=given["side"],
        reason=given["reason"],
        files=given["files"],
        token=given["token"],
        actor=user,
    )


@require_http_methods(["GET", "POST"])
def make_up_new(request: HttpRequest) -> HttpResponse:
    """Ask for a punch that was forgotten."""
    require(can_explain(request.user))
    date = request.GET.get("date", "") or clock.today().isoformat()
    form = MakeUpForm(request.POST or None, initial={"date": date})
    said = _("Sent; approved, it is a punch.")
    return _ask(request, form, MAKE_UPS, _make_up, said)


def _make_up(form: MakeUpForm, user: Any) -> Any:
    given = form.cleaned_data
    return make_up_ask(
        person=user.person,
        at=form.at(),
        reason=given["reason"],
        token=given["token"],
        actor=user,
    )


@require_http_methods(["GET", "POST"])
def outing_new(request: HttpRequest) -> HttpResponse:
    """Say an outing before it begins."""
    require(can_explain(request.user))
    user: Any = request.user
    customers = Customer.objects.filter(owner=user.person).order_by("name")
    initial = {"date": clock.today().isoformat()}
    form = OutingForm(request.POST or None, initial=initial, customers=customers)
    said = _("Sent; approved, its hours count as worked.")
    return _ask(request, form, OUTINGS, _outing, said)


def _outing(form: OutingForm, user: Any) -> Any:
    token = form.cleaned_data["token"]
    return outing_ask(person=user.person, going=form.going(), token=token, actor=user)


TITLES = {
    EXCUSES.slug: lambda: _("Explain a day"),
    MAKE_UPS.slug: lambda: _("Ask for a make-up punch"),
    OUTINGS.slug: lambda: _("Say an outing"),
}
HINTS = {
    EXCUSES.slug: lambda: _(
        "For coming late, leaving early or a punch that is missing; accepted, nothing is charged."
    ),
    MAKE_UPS.slug: lambda: _("You were there, and the punch was forgotten."),
    OUTINGS.slug: lambda: _("Straight to a customer, or straight home from one; on one day."),
}


def _ask(
    request: HttpRequest, form: Any, kind: Kind, does: Callable[[Any, Any], Any], said: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            row = does(form, request.user)
        except (AttendanceRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("asked", kind=kind.slug, pk=row.pk)
    context = {
        "form": form,
        "title": TITLES[kind.slug](),
        "hint": HINTS[kind.slug](),
        "back": reverse("explain"),
        "back_label": _("To explain"),
        "save": _("Send"),
        "has_files": kind is EXCUSES,
        "kept": "-".join((kind.slug, *(request.GET.get(name, "") for name in ("date", "side")))),
    }
    wrong = bool(form.errors)
    return render(request, "core/form.html", context, status=400 if wrong else 200)
