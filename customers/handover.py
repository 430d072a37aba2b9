"""What a leaver's customers, projects and complaints hand in to the hand-over list (PAY-6)."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts.handing_over import HandoverItem
from accounts.models import Person
from accounts.services import PeopleRefused
from core.permissions import Decision
from core.templatetags.house import day
from customers.models import Complaint, Customer, Project
from customers.permissions.complaints import can_assign as can_assign_complaint
from customers.permissions.projects import can_assign, can_assign_to
from customers.services import (
    ChangedMeanwhile,
    ComplaintRefused,
    ProjectRefused,
    complaint_assign,
    project_hand_over,
)


def items(people: Collection[int]) -> Iterator[HandoverItem]:
    """The customers whose owners they are, the projects they pursue, the complaints they have
    still to answer. One query.

    Projects and complaints by number: the list is read by others than they are (CUS-2, COM-1).
    """
    owned = Customer.objects.standing().filter(owner__in=people)
    pursued = Project.objects.going_on().filter(person__in=people)
    handled = Complaint.objects.unanswered().filter(handler__in=people)
    parts = (
        _part(owned, 0, who="owner", what="customer_no", more="name"),
        _part(pursued, 1, who="person", what="project_no", more="stage"),
        _part(handled, 2, who="handler", what="due_on", more="state"),
    )
    first, *others = parts
    for who, kind, pk, what, more in sorted(first.union(*others, all=True), key=_in_order):
        if kind == 0:
            yield HandoverItem(who, f"customer/{what}", _("Customers"), f"{what} {more}")
        elif kind == 1:
            stage = Project.Stage(more).label
            yield HandoverItem(who, f"project/{pk}", _("Projects"), what, stage)
        else:
            named = _("complaint no. %(no)s") % {"no": pk}
            due = _("answer by %(day)s") % {"day": day(date.fromisoformat(what))}
            yield HandoverItem(who, f"complaint/{pk}", _("Complaints"), named, due)


def _part(rows: Any, kind: int, *, who: str, what: str, more: str) -> QuerySet[Any]:
    """Whose, of which kind, its id, its number or day, and a word more."""
    told: QuerySet[Any] = rows.order_by().annotate(
        whose=F(who), kind=Value(kind), row=F("pk"), what=Cast(what, CharField()), more=F(more)
    )
    return told.values_list("whose", "kind", "row", "what", "more")


def _in_order(found: tuple[int, int, int, str, str]) -> tuple[int, str, int]:
    _who, kind, pk, what, _more = found
    return kind, what, pk


def project_to(*, actor: Any, key: str, to: Person) -> None:
    """A project goes to the colleague, by whom it is to say who pursues it (CUS-4)."""
    _allowed(can_assign(actor))
    _allowed(can_assign_to(actor, to))
    project = Project.objects.get(pk=_pk(key))
    try:
        project_hand_over(project=project, person=to, actor=actor)
    except ProjectRefused as refusal:
        raise PeopleRefused(str(refusal)) from None


def complaint_to(*, actor: Any, key: str, to: Person) -> None:
    """A complaint goes to the colleague, by whom it is to say who handles it (COM-1)."""
    row = Complaint.objects.visible_to(actor).select_related("about").filter(pk=_pk(key)).first()
    if row is None:
        raise PeopleRefused(_("Complaints are assigned by the supervisor or the manager."))
    _allowed(can_assign_complaint(actor, row))
    try:
        complaint_assign(row=row, handler=to, actor=actor)
    except (ComplaintRefused, ChangedMeanwhile) as refusal:
        raise PeopleRefused(str(refusal)) from None


def _pk(key: str) -> int:
    return int(key.partition("/")[2])


def _allowed(decision: Decision) -> None:
    if not decision:
        raise PeopleRefused(str(decision.reason))
