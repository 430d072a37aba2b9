"""Spot checks: a sample drawn, a check judged, replied to, decided (VIS-3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Person
from core import clock
from core.lists import list_page
from core.permissions import require
from customers.forms.fields import AnswerForm, WhyForm
from customers.forms.spot_checks import DrawForm, JudgeForm
from customers.lists.spot_checks import SpotCheckList
from customers.models import SpotCheck, SpotCheckDraw
from customers.permissions.spot_checks import (
    can_answer_check,
    can_check,
    can_judge,
    can_reply_to_check,
    can_spot_check,
)
from customers.permissions.visits import can_see_visits
from customers.querysets.files import SEE_ALL_CUSTOMERS
from customers.querysets.spot_checks import records_of
from customers.reads.spot_checks import Verification, verification_of
from customers.services import (
    VisitRefused,
    check_answer,
    check_draw,
    check_judge,
    check_reply,
)
from customers.tables.spot_checks import standing_word
from customers.views.doing import as_seen, done
from customers.views.opening import opened_file
from payroll.models import Entry
from policy.clauses import clause_of
from policy.querysets import policy_book

SHOWN = 50  # records of the customer; the others are on the list of visits


@require_GET
def spot_checks(request: HttpRequest) -> HttpResponseBase:
    """The spot checks one may see."""
    require(can_see_visits(request.user))
    return list_page(request, SpotCheckList)


@require_http_methods(["GET", "POST"])
def spot_check_new(request: HttpRequest) -> HttpResponse:
    """Let the program draw whose records, of which customers, are looked at today."""
    user = request.user
    require(can_spot_check(user))
    form = DrawForm(request.POST or None, people=_checkable(user))
    if request.method == "POST" and form.is_valid():
        person, size = form.cleaned_data["person"], form.cleaned_data["size"]
        require(can_check(user, person))
        try:
            draw = check_draw(person=person, size=size, actor=user)
        except VisitRefused as refusal:
            form.add_error("person", str(refusal))
        else:
            return redirect("spot_check_draw", pk=draw.pk)
    context = {"form": form, "clauses": [clause_of("VIS-3")]}
    status = 400 if form.errors else 200
    return render(request, "customers/draw_new.html", context, status=status)


def _checkable(user: Any) -> Any:
    """The salespeople whose records a user may check."""
    people = Person.objects.salespeople().here_on(clock.today()).exclude(pk=user.person_id)
    if not user.has_role(*SEE_ALL_CUSTOMERS):
        people = people.led_by(user)
    return people.select_related("supervisor").order_by("employee_no")


@require_GET
def spot_check_draw(request: HttpRequest, pk: int) -> HttpResponse:
    """A sample: who was drawn among whom, by which seed; whoever wants draws again."""
    seen = SpotCheckDraw.objects.visible_to(request.user).select_related(
        "person", "drawn_by__person"
    )
    draw = get_object_or_404(seen, pk=pk)
    checks = draw.checks.select_related("customer").order_by("customer__customer_no")
    context = {
        "draw": draw,
        "checks": [(each, standing_word(each)) for each in checks],
        "clauses": [clause_of("VIS-3")],
        "changed_as": [draw],
    }
    return render(request, "customers/draw.html", context)


def _found(request: HttpRequest, pk: int) -> SpotCheck:
    seen = SpotCheck.objects.visible_to(request.user)
    rows = seen.select_related(
        "customer",
        "person__supervisor",
        "draw",
        "checked_by__person",
        "answered_by__person",
    )
    found: SpotCheck = get_object_or_404(rows, pk=pk)
    return found


@require_GET
def spot_check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One check: every record of the customer, the verdict, the reply, what it costs and why."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, found: SpotCheck, **forms: Any) -> HttpResponseBase:
    user, seen = request.user, {"version": found.version}
    policy = policy_book().on(found.checked_on)
    records = list(records_of(found.customer_id)[:SHOWN])
    may_judge = bool(can_judge(user, found))
    verification = verification_of(user, found) if may_judge else Verification()
    context = {
        "check": found,
        "verification": verification,
        "standing": standing_word(found),
        "records": records,
        "interval": policy.return_visit_days,
        "fine": policy.no_record_fine,
        "entry": _entry(user, found) if found.is_charged else None,
        "judge_form": _judge_form(found) if may_judge else None,
        "reply_form": AnswerForm(initial=seen) if can_reply_to_check(user, found) else None,
        "answer_form": WhyForm(initial=seen) if can_answer_check(user, found) else None,
        "clauses": [clause_of("VIS-3")],
        "changed_as": [found],
        **forms,
    }
    page: HttpResponseBase = render(request, "customers/spot_check.html", context)
    if verification.sees_file:
        # Who reads the numbers of a file has opened it (CUS-2), with a refused form too.
        page = opened_file(request, page, found.customer, is_part=True)
    if forms and page.status_code == 200:
        page.status_code = 400
    return page


def _judge_form(found: SpotCheck) -> JudgeForm:
    names = ("version", "records_read", "times_compared", "phone", "spoken_with", "spoken_at")
    shown = {name: getattr(found, name) for name in (*names, "note", "verdict")}
    return JudgeForm(initial={**shown, "spoken_at": found.spoken_at or clock.now()})


def _entry(user: Any, found: SpotCheck) -> Entry | None:
    """The line of the ledger that came of the day of inspection, where it is posted."""
    key = f"VIS-3/{found.person.employee_no}/{found.checked_on}"
    return Entry.objects.visible_to(user).standing().filter(key=key).first()


@require_POST
def spot_check_judge(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The verdict on a check."""
    found = _found(request, pk)
    require(can_judge(request.user, found))
    form = JudgeForm(request.POST)

    def judge() -> Any:
        return check_judge(
            check=as_seen(found, form),
            verdict=form.cleaned_data["verdict"],
            findings=form.findings(),
            actor=request.user,
        )

    if done(form, judge):
        messages.success(request, _("The verdict is kept."))
        return redirect("spot_check", pk=pk)
    return _page(request, found, judge_form=form)


@require_POST
def spot_check_reply(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Reply to "no record"."""
    found = _found(request, pk)
    require(can_reply_to_check(request.user, found))
    form = AnswerForm(request.POST)

    def reply() -> Any:
        text = form.cleaned_data["text"]
        return check_reply(check=as_seen(found, form), text=text, actor=request.user)

    if done(form, reply):
        messages.success(request, _("Sent; somebody else than who checked decides."))
        return redirect("spot_check", pk=pk)
    return _page(request, found, reply_form=form)


@require_POST
def spot_check_answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Accept a reply or reject it."""
    found = _found(request, pk)
    require(can_answer_check(request.user, found))
    form, accept = WhyForm(request.POST), request.POST.get("do") == "accept"

    def answer() -> Any:
        reason = form.cleaned_data["reason"]
        seen = as_seen(found, form)
        return check_answer(check=seen, accept=accept, reason=reason, actor=request.user)

    if done(form, answer):
        said = _("Accepted; no fine comes of it.") if accept else _("Rejected; the fine stays.")
        messages.success(request, said)
        return redirect("spot_check", pk=pk)
    return _page(request, found, answer_form=form)
