"""A complaint taken in, assigned, heard, handled, answered, confirmed or opened again (COM-1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.files.reading import ReadFile
from core.services import audit, audit_subject
from customers.models import Complaint, ComplaintLink, ComplaintStep, Customer, Visit
from customers.rules.complaints import due_on, is_in_time
from customers.services.complaint_keeping import (
    complaint_change,
    must_be,
    must_say,
    photos_keep,
    step_add,
)
from customers.services.complaint_telling import (
    assigned_tell,
    customer_tell,
    hearing_tell,
    opened_tell,
    reply_tell,
)
from customers.services.refusals import ComplaintRefused
from customers.services.visits import visit_record
from policy.querysets import policy_book, workdays

State, Kind = Complaint.State, ComplaintStep.Kind
AS_ONE = 20  # files that may have become one, of one name


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """A complaint as its form says it. `about` None: about goods or a delivery alone."""

    customer_name: str
    category: str
    subject: str
    text: str
    channel: str
    contact: str = ""
    phone: str = ""
    about: Person | None = None
    goods: str = ""

    def fields(self) -> dict[str, Any]:
        said = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: value.strip() if isinstance(value, str) else value for name, value in said.items()
        }


@transaction.atomic
def complaint_take(
    *,
    facts: ComplaintFacts,
    files: Iterable[ReadFile],
    token: UUID,
    taken_by: Person,
    actor: Any = None,
) -> Complaint:
    """Take a complaint in; it waits to be assigned, and its time runs (COM-1).

    The same form sent twice is one complaint. Raises `ComplaintRefused`, and `FileRefused` for a
    file that is not kept.
    """
    fields = facts.fields()
    for name, why in (
        ("customer_name", _("Say who complains.")),
        ("subject", _("Say in one line what it is about.")),
        ("text", _("Write what happened.")),
    ):
        must_say(fields[name], why)
    today = clock.today()
    said = {
        **fields,
        "customer": customer_named(fields["customer_name"]),
        "taken_by": taken_by,
        "opened_on": today,
        "due_on": due_on(today, workdays(), policy_book()),
    }
    row, is_new = Complaint.objects.get_or_create(token=token, defaults=said)
    if not is_new:
        if row.taken_by_id != taken_by.pk:
            raise ComplaintRefused(_("Open the form anew and send it again."))
        return row
    photos_keep(row=row, files=files, actor=actor)
    # Not about whom: the trail is read by more people than the complaint, before the hearing.
    changes = {"category": [None, row.category], "due_on": [None, str(row.due_on)]}
    audit(actor=actor, action="complaint taken", subject=audit_subject(row), changes=changes)
    opened_tell(row=row, actor=actor)
    return row


def customer_named(typed: str) -> Customer | None:
    """The one customer that has this name or number, or took the place of one that had it; none
    where it could be several. One query."""
    wanted = typed.strip()
    by_name = Customer.objects.filter(name=wanted) | Customer.objects.filter(customer_no=wanted)
    rows = by_name.select_related("merged_into").order_by("pk")[:AS_ONE]
    found = {each.merged_into or each for each in rows}
    return found.pop() if len(found) == 1 else None


@transaction.atomic
def complaint_tie(*, row: Complaint, customer: Customer, actor: Any = None) -> Complaint:
    """Say whose file a complaint belongs to: what was typed named none, or another one. From then
    on after-sales visits are recorded for it, and its timeline tells of the complaint.

    Whether somebody may see the file says whoever calls. Raises `ChangedMeanwhile`.
    """
    if row.customer_id == customer.pk:
        return row
    return complaint_change(row, action="complaint tied", actor=actor, customer=customer)


@transaction.atomic
def complaint_assign(*, row: Complaint, handler: Person, actor: Any = None) -> Complaint:
    """Give an unanswered complaint to whoever handles it: anybody but the one it is about."""
    must_be(row, State.OPENED, State.HANDLED)
    if handler.pk == row.about_id:
        raise ComplaintRefused(_("Nobody handles a complaint about themselves."))
    if handler.has_left:
        raise ComplaintRefused(_("%(name)s does not work here any more.") % {"name": handler.name})
    changed = complaint_change(
        row, action="complaint assigned", actor=actor, state=State.HANDLED, handler=handler
    )
    step_add(changed, Kind.ASSIGNED, by=_person(actor), text=handler.name)
    assigned_tell(row=changed, actor=actor)
    return changed


@transaction.atomic
def complaint_hear(*, row: Complaint, actor: Any = None) -> Complaint:
    """Begin the hearing: from now on whom it is about sees the complaint, and can reply. Begun
    twice it has begun once."""
    if row.about_id is None:
        raise ComplaintRefused(_("It is about nobody: there is nobody to hear."))
    if row.hearing_at is not None:
        return row
    changed = complaint_change(row, action="hearing begun", actor=actor, hearing_at=clock.now())
    step_add(changed, Kind.HEARING, by=_person(actor))
    hearing_tell(row=changed, actor=actor)
    return changed


@transaction.atomic
def complaint_reply(
    *, row: Complaint, text: str, token: UUID, by: Person, actor: Any = None
) -> ComplaintStep:
    """Whom it is about says their side, once the hearing has begun. Sent twice it is said once."""
    said = must_say(text, _("Write what you say to it."))
    if row.about_id != by.pk or row.hearing_at is None:
        raise ComplaintRefused(_("Whom it is about says their side once the hearing has begun."))
    if row.state == State.CONFIRMED:
        must_be(row, State.OPENED, State.HANDLED, State.ANSWERED)
    if sent := row.steps.filter(token=token).first():
        return sent
    made = step_add(row, Kind.REPLY, by=by, text=said, token=token)
    reply_tell(row=row, actor=actor)
    return made


@transaction.atomic
def complaint_note(
    *, row: Complaint, text: str, on: date, token: UUID, by: Person, actor: Any = None
) -> ComplaintStep:
    """Write down what was done about it, and on which day. Sent twice it is one step."""
    said = must_say(text, _("Write what was done."))
    must_be(row, State.HANDLED, State.ANSWERED)
    if not row.opened_on <= on <= clock.today():
        raise ComplaintRefused(_("What was done lies between the complaint and today."))
    if sent := row.steps.filter(token=token).first():
        return sent
    made = step_add(row, Kind.NOTE, by=by, text=said, on=on, token=token)
    audit(
        actor=actor,
        action="complaint handled",
        subject=audit_subject(row),
        changes={"on": str(on)},
    )
    return made


@transaction.atomic
def complaint_visit(
    *, row: Complaint, at: datetime, content: str, by: Person, actor: Any = None
) -> Visit:
    """Record an after-sales visit made for a complaint (VIS-1); sent twice it is one.

    Whether somebody may see the customer's file says whoever calls. Raises `VisitRefused`.
    """
    must_be(row, State.HANDLED, State.ANSWERED)
    if row.customer is None:
        raise ComplaintRefused(_("The customer has no file: there is nobody to visit."))
    visit = visit_record(
        person=by,
        customer=row.customer,
        at=at,
        kind=Visit.Kind.AFTER_SALES,
        content=content,
        actor=actor,
    )
    if not row.steps.filter(visit=visit).exists():
        day = clock.local_date(visit.at)
        step_add(row, Kind.VISIT, by=by, text=visit.content, on=day, visit=visit)
    return visit


@transaction.atomic
def complaint_answer(*, row: Complaint, answer: str, actor: Any = None) -> Complaint:
    """Say what the customer was answered; whether in time is kept of the first answer (COM-1).

    Whom it is about sees the complaint from now on at the latest.
    """
    must_be(row, State.HANDLED)
    said = must_say(answer, _("Write what the customer was answered."))
    if row.about_id is not None and row.hearing_at is None:
        row = complaint_hear(row=row, actor=actor)
    in_time = is_in_time(clock.today(), row.due_on) if row.in_time is None else row.in_time
    changed = complaint_change(
        row,
        action="complaint answered",
        actor=actor,
        state=State.ANSWERED,
        answer=said,
        answered_at=clock.now(),
        in_time=in_time,
    )
    step_add(changed, Kind.ANSWERED, by=_person(actor), text=said)
    return changed


@transaction.atomic
def complaint_confirm(
    *, row: Complaint, satisfaction: int | None, remark: str = "", actor: Any = None
) -> Complaint:
    """The customer says that it is solved, and how satisfied they are, from 1 to 5 (COM-1).

    `actor` None: they said so by their link.
    """
    must_be(row, State.ANSWERED)
    _must_be_a_mark(satisfaction)
    changed = complaint_change(
        row,
        action="complaint confirmed",
        actor=actor,
        state=State.CONFIRMED,
        confirmed_at=clock.now(),
        satisfaction=satisfaction,
    )
    by = _person(actor)
    step_add(changed, Kind.CONFIRMED, by=by, text=remark, satisfaction=satisfaction)
    links_withdraw(changed)
    customer_tell(row=changed, solved=True, actor=actor)
    return changed


def _must_be_a_mark(satisfaction: int | None) -> None:
    if satisfaction is not None and not 1 <= satisfaction <= 5:
        raise ComplaintRefused(_("Satisfaction is 1 to 5."))


@transaction.atomic
def complaint_reopen(
    *, row: Complaint, why: str, satisfaction: int | None = None, actor: Any = None
) -> Complaint:
    """The customer says that it is not solved: it is handled again, with the whole time from today.

    Whoever handled it goes on, unless they have left. `actor` None: said by the link.
    """
    must_be(row, State.ANSWERED, State.CONFIRMED)
    said = must_say(why, _("Say what is not solved.")) if actor is not None else why
    _must_be_a_mark(satisfaction)
    stays = row.handler is not None and not row.handler.has_left
    changed = complaint_change(
        row,
        action="complaint opened again",
        actor=actor,
        state=State.HANDLED if stays else State.OPENED,
        due_on=due_on(clock.today(), workdays(), policy_book()),
        confirmed_at=None,
        satisfaction=satisfaction or row.satisfaction,
        times_opened=row.times_opened + 1,
    )
    by = _person(actor)
    step_add(changed, Kind.REOPENED, by=by, text=said, satisfaction=satisfaction)
    links_withdraw(changed)
    customer_tell(row=changed, solved=False, actor=actor)
    return changed


def links_withdraw(row: Complaint) -> None:
    """No open link asks about what is over. In the caller's transaction."""
    row.links.filter(state=ComplaintLink.State.OPEN).update(state=ComplaintLink.State.WITHDRAWN)


def _person(actor: Any) -> Person | None:
    return actor.person if actor is not None else None
