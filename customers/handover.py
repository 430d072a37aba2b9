"""What a leaver's customers, projects and complaints hand in to the hand-over list (PAY-6)."""

from collections.abc import Collection, Iterator
from typing import Any

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
    still to answer. Three queries."""
    owned = Customer.objects.standing().filter(owner__in=people).order_by("customer_no")
    for who, no, name in owned.values_list("owner", "customer_no", "name"):
        yield HandoverItem(who, f"customer/{no}", _("Customers"), f"{no} {name}")
    pursued = Project.objects.going_on().filter(person__in=people).order_by("project_no")
    for project in pursued:
        # By number, as complaints are: the list is read by others than projects are (CUS-2).
        yield HandoverItem(
            project.person_id,
            f"project/{project.pk}",
            _("Projects"),
            project.project_no,
            project.standing,
        )
    handled = Complaint.objects.unanswered().filter(handler__in=people).order_by("due_on", "pk")
    for who, pk, due in handled.values_list("handler", "pk", "due_on"):
        yield HandoverItem(
            who,
            f"complaint/{pk}",
            _("Complaints"),
            _("complaint no. %(no)s") % {"no": pk},
            _("answer by %(day)s") % {"day": day(due)},
        )


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
