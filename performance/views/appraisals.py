"""Appraisals: reckoned, talked over, answered, decided; what is behind each figure (KPI-1)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.confidential import opened
from core.jobs import job_request
from core.lists import list_page
from core.permissions import require
from core.services import audit_subject
from performance.effects import effects_of
from performance.forms import (
    DecisionForm,
    EffectForm,
    ObjectionForm,
    PointsForm,
    QuarterForm,
    TalkForm,
)
from performance.lists.appraisals import RECKONING, AppraisalList, reckoning_run
from performance.models import Appraisal
from performance.permissions import (
    can_adjust,
    can_answer,
    can_decide,
    can_open_records,
    can_propose_effect,
    can_reckon,
    can_see_performance,
    can_tell,
)
from performance.reads.behind import records_of
from performance.rules.appraisal import Key
from performance.services.appraisals import (
    appraisal_acknowledge,
    appraisal_adjust,
    appraisal_decide,
    appraisal_object,
    appraisal_tell,
)
from performance.services.effects import bonus_propose, sanction_propose
from performance.tables.states import state_badge
from performance.trend import trend_of
from performance.views.doing import as_seen, done
from performance.words import LABELS, figures_say, period_name
from policy.clauses import clause_of

READ_WITH = ("person", "points_by__person", "told_by__person", "decided_by__person")


@require_http_methods(["GET", "POST"])
def appraisals(request: HttpRequest) -> HttpResponseBase:
    """The appraisals one may see; POST asks for a quarter to be reckoned."""
    require(can_see_performance(request.user))
    if request.method == "POST":
        require(can_reckon(request.user))
        return _reckon(request)
    if request.headers.get("HX-Target") == "progress":
        return _progress(request)
    return list_page(request, AppraisalList)


def _reckon(request: HttpRequest) -> HttpResponse:
    form = QuarterForm(request.POST)
    if form.is_valid():
        job_request(kind=RECKONING, subject=form.cleaned_data["quarter"], actor=request.user)
        messages.success(request, _("The quarter is being reckoned."))
    else:
        messages.error(request, _("Choose a quarter that is over."))
    return redirect("appraisals")


def _progress(request: HttpRequest) -> HttpResponse:
    """How far it is; when it has come to its end, the page is renewed."""
    require(can_reckon(request.user))
    run = reckoning_run()
    if run is None or not run.is_under_way:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "performance/_reckoning.html", {"run": run})


def _found(request: HttpRequest, pk: int) -> Appraisal:
    seen = Appraisal.objects.visible_to(request.user).select_related(*READ_WITH)
    found: Appraisal = get_object_or_404(seen, pk=pk)
    return found


@require_GET
def appraisal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An appraisal: each indicator with what it was reckoned from, history, what can be done."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, found: Appraisal, failed: Any = None) -> HttpResponseBase:
    user: Any = request.user
    seen = {"version": found.version}
    offered: dict[str, tuple[bool, Any]] = {
        "points": (
            bool(can_adjust(user, found)),
            lambda: PointsForm(
                initial={**seen, "points": found.points, "reason": found.points_reason}
            ),
        ),
        "talk": (bool(can_tell(user, found)), lambda: TalkForm(initial=seen)),
        "objection": (bool(can_answer(user, found)), lambda: ObjectionForm(initial=seen)),
        "decision": (
            bool(can_decide(user, found)),
            lambda: DecisionForm(initial={**seen, "points": found.points}),
        ),
    }
    forms = {name: make() for name, (may, make) in offered.items() if may}
    if failed is not None and failed[0] in forms:
        forms[failed[0]] = failed[1]
    context = {
        "appraisal": found,
        "title": _("%(name)s, %(quarter)s")
        % {"name": found.person.name, "quarter": period_name(found.span)},
        "badge": state_badge(found),
        "indicators": [
            (
                LABELS[each.key],
                each,
                figures_say(each),
                reverse("appraisal_records", args=[found.pk, each.key])
                if can_open_records(user, found.person, each.key)
                else "",
            )
            for each in found.told
        ],
        "forms": forms,
        "trend": trend_of(user, found.person),
        "effects": effects_of(user, found),
        "can_propose": bool(can_propose_effect(user, found)),
        "clauses": [clause_of("KPI-1")],
        "changed_as": [found],
    }
    status = 400 if failed else 200
    answer = render(request, "performance/appraisal.html", context, status=status)
    if user.person_id == found.person_id:
        return answer
    about = found.person.employee_no
    return opened(request, answer, kind="appraisal", subject=audit_subject(found), about=about)


def _posted(
    request: HttpRequest,
    found: Appraisal,
    name: str,
    form: Any,
    does: Callable[[dict[str, Any]], Any],
    said: Any,
) -> HttpResponseBase:
    """A form of the page: done, or the page again with what is wrong."""
    if form.is_valid() and done(request, form, lambda: does(form.cleaned_data), said):
        return redirect("appraisal", pk=found.pk)
    return _page(request, _found(request, found.pk), (name, form))


@require_POST
def appraisal_points(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Add points to a draft, with the reason."""
    found = _found(request, pk)
    require(can_adjust(request.user, found))
    form = PointsForm(request.POST)

    def does(given: dict[str, Any]) -> None:
        appraisal_adjust(
            appraisal=as_seen(found, form),
            points=given["points"],
            reason=given["reason"],
            actor=request.user,
        )

    return _posted(request, found, "points", form, does, _("Saved."))


@require_POST
def appraisal_talk(request: HttpRequest, pk: int) -> HttpResponseBase:
    """It was talked over with her."""
    found = _found(request, pk)
    require(can_tell(request.user, found))
    form = TalkForm(request.POST)

    def does(given: dict[str, Any]) -> None:
        appraisal_tell(appraisal=as_seen(found, form), talk=given["talk"], actor=request.user)

    return _posted(request, found, "talk", form, does, _("Told: it waits for her word."))


@require_POST
def appraisal_answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """She acknowledges it, or objects."""
    found = _found(request, pk)
    require(can_answer(request.user, found))
    form = ObjectionForm(request.POST)
    if request.POST.get("do") == "acknowledge":
        form.fields["objection"].required = False

        def takes(given: dict[str, Any]) -> None:
            appraisal_acknowledge(appraisal=as_seen(found, form), actor=request.user)

        return _posted(request, found, "objection", form, takes, _("Acknowledged."))

    def does(given: dict[str, Any]) -> None:
        appraisal_object(
            appraisal=as_seen(found, form), objection=given["objection"], actor=request.user
        )

    return _posted(request, found, "objection", form, does, _("Your objection waits for a word."))


@require_POST
def appraisal_decision(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Decide on her objection."""
    found = _found(request, pk)
    require(can_decide(request.user, found))
    form = DecisionForm(request.POST)

    def does(given: dict[str, Any]) -> None:
        appraisal_decide(
            appraisal=as_seen(found, form),
            points=given["points"],
            reply=given["reply"],
            actor=request.user,
        )

    return _posted(request, found, "decision", form, does, _("Decided."))


@require_http_methods(["GET", "POST"])
def appraisal_effect(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Propose what follows from it: nothing does by itself."""
    user: Any = request.user
    found = _found(request, pk)
    require(can_propose_effect(user, found))
    about = {"quarter": period_name(found.span), "grade": found.grade or "—"}
    initial = {"reason": _("Appraisal of %(quarter)s: grade %(grade)s.") % about}
    form = EffectForm(request.POST or None, initial=initial)

    def does() -> None:
        said = {name: form.cleaned_data[name] for name in ("reason", "token")}
        if form.cleaned_data["what"] == EffectForm.BONUS:
            said["amount"] = form.cleaned_data["amount"]
            bonus_propose(appraisal=found, by=user.person, actor=user, **said)
        else:
            sanction_propose(appraisal=found, by=user.person, actor=user, **said)

    if request.method == "POST" and form.is_valid() and done(request, form, does, _("Proposed.")):
        return redirect("appraisal", pk=found.pk)
    context = {"appraisal": found, "form": form, "clauses": [clause_of("KPI-1")]}
    status = 400 if form.errors else 200
    return render(request, "performance/effect.html", context, status=status)


@require_GET
def appraisal_records(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The records behind one indicator, as they are now."""
    found = _found(request, pk)
    told = next((each for each in found.told if each.key == key), None)
    if key not in set(Key) or told is None:
        raise Http404
    require(can_open_records(request.user, found.person, key))
    context = {
        "appraisal": found,
        "label": LABELS[key],
        "indicator": told,
        "says": figures_say(told),
        "records": records_of(request.user, found, key),
        "clauses": [clause_of("KPI-1")],
    }
    return render(request, "performance/records.html", context)
