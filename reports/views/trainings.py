"""Trainings: planned, enrolled in from the telephone, results and certificates (TRAIN-1)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.files.querysets import files_of
from core.lists import list_page
from core.permissions import require
from core.uploads import is_too_large
from policy.clauses import clause_of
from reports.forms.fields import VersionForm, WhyForm
from reports.forms.trainings import CertificateForm, ResultsForm, TrainingForm, training_initial
from reports.lists.trainings import RecordList, TrainingList
from reports.models import Enrolment, Training
from reports.permissions import can_enrol, can_plan_trainings, can_see_reports
from reports.services import (
    certificate_add,
    results_write,
    training_call_off,
    training_change,
    training_close,
    training_enrol,
    training_plan,
    training_withdraw,
)
from reports.services.keeping import TRAINING
from reports.services.trainings import taken
from reports.tables.trainings import standing_word
from reports.views.doing import as_seen, done, form_page, posted


@require_GET
def trainings(request: HttpRequest) -> HttpResponseBase:
    """The trainings one may see."""
    require(can_see_reports(request.user))
    return list_page(request, TrainingList)


@require_GET
def training_records(request: HttpRequest) -> HttpResponseBase:
    """One's own record, and of those one leads."""
    require(can_see_reports(request.user))
    return list_page(request, RecordList)


def _found(request: HttpRequest, pk: int) -> Training:
    seen = Training.objects.visible_to(request.user).select_related("made_by__person")
    found: Training = get_object_or_404(seen, pk=pk)
    return found


@require_GET
def training(request: HttpRequest, pk: int) -> HttpResponse:
    """A training; a place in it is taken and given back here."""
    found = _found(request, pk)
    user: Any = request.user
    places = Enrolment.objects.visible_to(user).filter(training=found)
    rows = list(places.select_related("person").order_by("person__employee_no"))
    files = files_of(TRAINING, [each.pk for each in rows])
    mine: Any = next((each for each in rows if each.person_id == user.person_id), None)
    planning = can_plan_trainings(user)
    count = taken(found)
    context = {
        "training": found,
        "rows": [(each, standing_word(each), files[str(each.pk)]) for each in rows],
        "taken": count,
        "is_full": found.places is not None and count >= found.places,
        "mine": mine if mine and mine.withdrawn_at is None else None,
        "enrolling": found.is_open and can_enrol(user, found),
        "planning": planning and found.state == Training.State.PLANNED,
        "writing": planning and found.state != Training.State.CALLED_OFF and not found.is_open,
        "off_form": WhyForm(initial={"version": found.version}, prefix="off"),
        "seen_form": VersionForm(initial={"version": found.version}),
        "certificate_form": CertificateForm() if planning else None,
        "clauses": [clause_of("TRAIN-1")],
        "changed_as": [found] if planning else [],
    }
    return render(request, "reports/training.html", context)


@require_http_methods(["GET", "POST"])
def training_new(request: HttpRequest) -> HttpResponse:
    """Plan a training."""
    require(can_plan_trainings(request.user))
    form = TrainingForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made: list[Training] = []

        def plan() -> None:
            sent = form.cleaned_data["token"]
            made.append(training_plan(facts=form.facts(), token=sent, actor=request.user))

        if done(request, form, plan, _("The training is planned.")):
            return redirect("training", pk=made[0].pk)
    return form_page(
        request,
        form,
        title=_("Plan a training"),
        back=reverse("trainings"),
        back_label=_("Trainings"),
    )


@require_http_methods(["GET", "POST"])
def training_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a planned training."""
    found = _found(request, pk)
    require(can_plan_trainings(request.user))
    initial = training_initial(found)
    form = TrainingForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():

        def change() -> None:
            seen = as_seen(found, form)  # type: ignore[arg-type]  # it has a version, too
            training_change(training=seen, facts=form.facts(), actor=request.user)

        if done(request, form, change, _("Changed.")):
            return redirect("training", pk=pk)
    return form_page(
        request,
        form,
        title=_("Change the training"),
        back=reverse("training", args=[pk]),
        back_label=found.title,
    )


@require_POST
def training_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a training off, with the reason."""
    found = _found(request, pk)
    require(can_plan_trainings(request.user))
    form = WhyForm(request.POST, prefix="off")

    def call_off(given: dict[str, Any]) -> None:
        training_call_off(training=as_seen(found, form), reason=given["reason"], actor=request.user)

    said = _("Called off; who is enrolled is told.")
    return posted(request, form, call_off, said, reverse("training", args=[pk]))


@require_POST
def training_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a place, or give it back."""
    found = _found(request, pk)
    user: Any = request.user
    require(can_enrol(user, found))
    leaves = request.POST.get("do") == "withdraw"
    does = training_withdraw if leaves else training_enrol
    said = _("Your place is given back.") if leaves else _("You are enrolled.")

    def act(given: dict[str, Any]) -> None:
        does(training=found, person=user.person, actor=user)

    form = VersionForm({"version": found.version})
    return posted(request, form, act, said, reverse("training", args=[pk]))


@require_http_methods(["GET", "POST"])
def training_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came, and with what result."""
    found = _found(request, pk)
    require(can_plan_trainings(request.user))
    places = found.enrolments.filter(withdrawn_at=None).select_related("person")
    form = ResultsForm(
        request.POST or None,
        places=list(places.order_by("person__employee_no")),
        initial={"version": found.version},
    )
    if request.method == "POST" and form.is_valid():

        def write() -> None:
            results_write(training=as_seen(found, form), came=form.came(), actor=request.user)

        if done(request, form, write, _("Saved.")):
            return redirect("training", pk=pk)
    context = {"form": form, "training": found}
    return render(request, "reports/results.html", context, status=400 if form.errors else 200)


@require_POST
def training_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The training was held."""
    found = _found(request, pk)
    require(can_plan_trainings(request.user))

    def close(given: dict[str, Any]) -> None:
        training_close(training=found, actor=request.user)

    said = _("Closed: whoever is not ticked did not come.")
    back = reverse("training", args=[pk])
    return posted(request, VersionForm(request.POST), close, said, back)


@require_POST
def training_certificate(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Add a certificate to somebody's place."""
    found = _found(request, pk)
    require(can_plan_trainings(request.user))
    row = get_object_or_404(found.enrolments.select_related("person"), pk=place)
    form = CertificateForm(request.POST, request.FILES, too_large=is_too_large(request))

    def add(given: dict[str, Any]) -> None:
        certificate_add(enrolment=row, files=given["files"], actor=request.user)

    return posted(request, form, add, _("Saved."), reverse("training", args=[pk]))
