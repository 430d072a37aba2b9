"""What a complaint's page is put together from, in a constant number of queries (COM-1)."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from core import clock
from core.files.querysets import files_of
from core.qr import as_image
from customers.forms.complaints import (
    AnswerForm,
    AssignForm,
    ConfirmForm,
    FileForm,
    NoteForm,
    ReopenForm,
    ReplyForm,
    SeenForm,
    VisitForm,
)
from customers.forms.picking import called
from customers.models import Complaint, Customer
from customers.permissions.complaints import can_assign, can_handle, can_reply
from customers.permissions.files import can_see_files
from customers.rules.complaints import workdays_left
from customers.services.complaint_keeping import COMPLAINT
from customers.services.complaint_links import link_of, token_of
from customers.tables.complaints import standing
from policy.clauses import clause_of
from policy.querysets import workdays

State = Complaint.State


def context_of(request: HttpRequest, row: Complaint) -> dict[str, Any]:
    """The complaint, its steps and files, and the forms of what this reader may do now."""
    user = request.user
    handling = can_handle(user, row)
    left = workdays_left(clock.today(), row.due_on, workdays()) if row.is_unanswered else 0
    state, said = standing(row)
    file = _file_seen(user, row)
    return {
        "complaint": row,
        "steps": row.steps.select_related("by"),
        "files": files_of(COMPLAINT, [row.pk])[str(row.pk)],
        "standing": state,
        "standing_said": said,
        "left": left,
        "late": -left,
        "file": file,
        "why_not": "" if handling or can_reply(user, row) else handling.reason,
        "clauses": [clause_of("COM-1")],
        "changed_as": [row] if handling else [],
        **_forms(user, row, bool(handling), file),
        **(_link(request, row) if handling and row.state == State.ANSWERED else {}),
    }


def _file_seen(user: Any, row: Complaint) -> Customer | None:
    """The customer's file, for whoever may see it anyway (CUS-2)."""
    if row.customer_id is None:
        return None
    found: Customer | None = Customer.objects.visible_to(user).filter(pk=row.customer_id).first()
    return found


def _forms(user: Any, row: Complaint, handling: bool, file: Customer | None) -> dict[str, Any]:
    seen = {"version": row.version}
    found: dict[str, Any] = {}
    if can_reply(user, row):
        found["reply_form"] = ReplyForm()
    if row.is_unanswered and can_assign(user, row):
        found["assign_form"] = AssignForm(initial=seen, user=user, row=row)
    if not handling:
        return found
    if can_see_files(user) and (row.customer_id is None or file):
        typed = called(file) if file else row.customer_name
        found["file_form"] = FileForm(initial={**seen, "customer": typed}, prefix="file", user=user)
    if row.about_id is not None and row.hearing_at is None:
        found["hearing_form"] = SeenForm(initial=seen)
    if row.state in (State.HANDLED, State.ANSWERED):
        found["note_form"] = NoteForm()
        found["visit_form"] = VisitForm() if file else None
    if row.state == State.HANDLED:
        found["answer_form"] = AnswerForm(initial=seen)
    if row.state == State.ANSWERED:
        found["link_form"] = SeenForm(initial=seen)
        found["confirm_form"] = ConfirmForm(initial=seen, prefix="confirm")
    if row.state in (State.ANSWERED, State.CONFIRMED):
        found["reopen_form"] = ReopenForm(initial=seen, prefix="reopen")
    return found


def _link(request: HttpRequest, row: Complaint) -> dict[str, Any]:
    """The customer's link with its code, where one is open."""
    link = link_of(row)
    if link is None:
        return {}
    url = request.build_absolute_uri(reverse("feedback", args=[token_of(link)]))
    return {"link_url": url, "link_qr": as_image(url), "link_until": link.expires_at}
