"""Who writes, agrees and fulfils a collection plan, and who sees the board (DUE-1)."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may_decide
from core import clock
from core.permissions import ALLOWED, Decision
from receivables.models import CollectionPlan, PlanStep, UnpaidDelivery
from receivables.querysets.unpaid import SEE_ALL_MONEY
from receivables.rules.promises import PromiseState


def can_see_board(user: Any) -> Decision:
    if user.is_superuser or user.has_role(*SEE_ALL_MONEY, "supervisor"):
        return ALLOWED
    return Decision(
        False,
        _("The board is for supervisors, the manager, finance, the cashier and the leader."),
    )


def is_seller(user: Any, unpaid: UnpaidDelivery) -> bool:
    return user.person is not None and user.person_id == unpaid.order.person_id


def leads(user: Any, seller: Person) -> Decision:
    """Whether a user answers for what somebody sells: the supervisor, or who stands in for them;
    the manager, where there is none; for the manager the leader (ORG-1)."""
    head = seller.supervisor
    has_head = head is not None and head.has_role("supervisor") and not head.has_left
    return may_decide(user, seller, "supervisor" if has_head else "manager")


def can_write_plan(user: Any, unpaid: UnpaidDelivery) -> Decision:
    """Either of the two, for a delivery that is escalated and still unpaid."""
    if unpaid.settled_on is not None:
        return Decision(False, _("The delivery is settled: there is nothing to collect."))
    if unpaid.escalated_on is None:
        return Decision(False, _("A plan is for a delivery that is escalated."))
    if is_seller(user, unpaid) or leads(user, unpaid.order.person):
        return ALLOWED
    return Decision(False, _("The plan is made by the salesperson and their supervisor."))


def can_agree_plan(user: Any, plan: CollectionPlan) -> Decision:
    """The side that did not write it: never both by one (DUE-1)."""
    if plan.agreed_at is not None or plan.replaced_at is not None:
        return Decision(False, _("The plan waits for nobody."))
    seller = plan.unpaid.order.person
    writer = plan.written_by
    if writer is not None and writer.person_id == seller.pk:
        found = leads(user, seller)
        return found or Decision(False, _("The salesperson's plan is agreed by the supervisor."))
    if is_seller(user, plan.unpaid):
        return ALLOWED
    return Decision(False, _("The supervisor's plan is agreed by the salesperson."))


def can_do_step(user: Any, step: PlanStep) -> Decision:
    """Ticking what is to be done: by whoever promised it, by its day."""
    plan = step.plan
    stands = plan.agreed_at is not None and plan.replaced_at is None
    if not stands or step.amount or step.state != PromiseState.OPEN:
        return Decision(False, _("This step is not ticked."))
    if user.person is None or user.person_id != step.who_id:
        return Decision(False, _("A step is ticked by whoever promised it."))
    if step.due_on < clock.today():
        return Decision(False, _("The day of the step has passed."))
    return ALLOWED
