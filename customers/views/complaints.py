"""Complaints: the lists, one taken in, its page and what is done about it (COM-1)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.files.services import FileRefused
from core.lists import list_page
from core.permissions import require
from core.uploads import is_too_large
from customers.forms.complaints import (
    AnswerForm,
    AssignForm,
    ConfirmForm,
    FileForm,
    NoteForm,
    ReopenForm,
    ReplyForm,
    SeenForm,
    TakeForm,
    VisitForm,
)
from customers.lists.complaints import ComplaintList, RateList
from customers.models import Complaint, Customer
from customers.permissions.complaints import can_assign, can_handle, can_reply, can_take, can_tie
from customers.reads.complaint_page import context_of
from customers.services import (
    ChangedMeanwhile,
    ComplaintRefused,
    VisitRefused,
    complaint_answer,
    complaint_assign,
    complaint_confirm,
    complaint_hear,
    complaint_note,
    complaint_reopen,
    complaint_reply,
    complaint_take,
    complaint_tie,
    complaint_visit,
    link_make,
)

PEOPLE = ("about__supervisor", "handler", "taken_by__supervisor", "customer")


@require_GET
def complaints(request: HttpRequest) -> HttpResponseBase:
    """The complaints one may see."""
    require(can_take(request.user))
    return list_page(request, ComplaintList)


@require_GET
def complaint_rates(request: HttpRequest) -> HttpResponseBase:
    """By person and month: how many, answered in time, how satisfied the customers are."""
    require(can_take(request.user))
    return list_page(request, RateList)


@require_http_methods(["GET", "POST"])
def complaint_new(request: HttpRequest) -> HttpResponse:
    """Take a complaint in; the customer is typed, and no file of theirs is shown."""
    require(can_take(request.user))
    user: Any = request.user
    form = TakeForm()
    if request.method == "POST":
        form = TakeForm(request.POST, request.FILES, too_large=is_too_large(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = complaint_take(
                facts=form.facts(),
                files=form.cleaned_data["files"],
                token=form.cleaned_data["token"],
                taken_by=user.person,
                actor=user,
            )
        except (ComplaintRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Taken in; it waits to be assigned."))
            return redirect("complaint", pk=made.pk)
    status = 400 if form.errors else 200
    return render(request, "customers/complaint_new.html", {"form": form}, status=status)


def _found(request: HttpRequest, pk: int) -> Complaint:
    seen = Complaint.objects.visible_to(request.user).select_related(*PEOPLE)
    row: Complaint = get_object_or_404(seen, pk=pk)
    return row


@require_GET
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """A complaint with all that happened, and what one can do about it."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, row: Complaint, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {**context_of(request, row), **forms}
    return render(request, "customers/complaint.html", context, status=status)


def _do(
    request: HttpRequest,
    row: Complaint,
    name: str,
    form: Any,
    does: Callable[[dict[str, Any]], Any],
    said: str,
) -> HttpResponse:
    """A small form of the page: done and said, or the page again with the reason."""
    if not form.is_valid():
        return _page(request, row, status=400, **{name: form})
    if "version" in form.cleaned_data:
        row.version = form.cleaned_data["version"]
    try:
        does(form.cleaned_data)
    except ChangedMeanwhile as refusal:
        messages.error(request, str(refusal))
        return _page(request, _found(request, row.pk), status=409)
    except (ComplaintRefused, VisitRefused) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _found(request, row.pk), status=400, **{name: form})
    messages.success(request, said)
    return redirect("complaint", pk=row.pk)


@require_POST
def complaint_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who handles it."""
    row, user = _found(request, pk), request.user
    require(can_assign(user, row))
    form = AssignForm(request.POST, user=user, row=row)

    def assign(given: dict[str, Any]) -> None:
        complaint_assign(row=row, handler=given["handler"], actor=user)

    return _do(request, row, "assign_form", form, assign, _("Assigned; they are told."))


@require_POST
def complaint_hearing(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the hearing of whom it is about."""
    row, user = _found(request, pk), request.user
    require(can_handle(user, row))

    def hear(given: dict[str, Any]) -> None:
        complaint_hear(row=row, actor=user)

    said = _("The hearing has begun: they are told, and can reply.")
    return _do(request, row, "hearing_form", SeenForm(request.POST), hear, said)


@require_POST
def complaint_say(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom it is about says their side."""
    row, user = _found(request, pk), request.user
    require(can_reply(user, row))

    def reply(given: dict[str, Any]) -> None:
        person: Any = user.person  # type: ignore[union-attr]  # `can_reply` has looked
        complaint_reply(row=row, text=given["text"], token=given["token"], by=person, actor=user)

    return _do(request, row, "reply_form", ReplyForm(request.POST), reply, _("Saved."))


@require_POST
def complaint_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was done."""
    row, user = _found(request, pk), request.user
    require(can_handle(user, row))

    def note(given: dict[str, Any]) -> None:
        person: Any = user.person  # type: ignore[union-attr]  # `can_handle` has looked
        complaint_note(row=row, by=person, actor=user, **given)

    return _do(request, row, "note_form", NoteForm(request.POST), note, _("Saved."))


@require_POST
def complaint_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whose file it belongs to, of the files one sees."""
    row, user = _found(request, pk), request.user
    require(can_tie(user, row))
    form = FileForm(request.POST, prefix="file", user=user)

    def tie(given: dict[str, Any]) -> None:
        complaint_tie(row=row, customer=given["customer"], actor=user)

    said = _("The complaint belongs to the customer's file now.")
    return _do(request, row, "file_form", form, tie, said)


@require_POST
def complaint_visited(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an after-sales visit, of a customer whose file one may see."""
    row, user = _found(request, pk), request.user
    require(can_handle(user, row))
    get_object_or_404(Customer.objects.visible_to(user), pk=row.customer_id)

    def visit(given: dict[str, Any]) -> None:
        person: Any = user.person  # type: ignore[union-attr]  # `can_handle` has looked
        complaint_visit(row=row, by=person, actor=user, **given)

    said = _("The visit is recorded.")
    return _do(request, row, "visit_form", VisitForm(request.POST), visit, said)


@require_POST
def complaint_reply_customer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the customer was answered."""
    row, user = _found(request, pk), request.user
    require(can_handle(user, row))

    def answer(given: dict[str, Any]) -> None:
        complaint_answer(row=row, answer=given["answer"], actor=user)

    said = _("Answered. Send the customer the link, or ask by telephone.")
    return _do(request, row, "answer_form", AnswerForm(request.POST), answer, said)


@require_POST
def complaint_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer said on the telephone that it is solved."""
    row, user = _found(request, pk), request.user
    require(can_handle(user, row))
    form = ConfirmForm(request.POST, prefix="confirm")

    def confirm(given: dict[str, Any]) -> None:
        mark = form.mark()
        complaint_confirm(row=row, satisfaction=mark, remark=given["remark"], actor=user)

    return _do(request, row, "confirm_form", form, confirm, _("Confirmed by the customer."))


@require_POST
def complaint_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer said that it is not solved."""
    row, user = _found(request, pk), request.user
    require(can_handle(user, row))

    def reopen(given: dict[str, Any]) -> None:
        complaint_reopen(row=row, why=given["why"], actor=user)

    form = ReopenForm(request.POST, prefix="reopen")
    return _do(request, row, "reopen_form", form, reopen, _("Opened again; the time runs anew."))


@require_POST
def complaint_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the customer's link; it stands on the page as long as it lasts."""
    row, user = _found(request, pk), request.user
    require(can_handle(user, row))

    def make(given: dict[str, Any]) -> None:
        link_make(row=row, actor=user)

    said = _("The link is made: copy it, or let the customer scan it.")
    return _do(request, row, "link_form", SeenForm(request.POST), make, said)
