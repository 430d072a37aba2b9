"""Whom a collection plan is told to: the other side, when it is written and when it is agreed."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from notices.services import notice_send
from receivables.models import CollectionPlan, UnpaidDelivery


def page_of(unpaid: UnpaidDelivery) -> str:
    """Where a delivery with its plan is looked at; its order is read already."""
    return reverse("unpaid_delivery", args=[unpaid.order.order_no, unpaid.delivered_on])


def leads_of(person: Person) -> list[Person]:
    """Who answers for what somebody sells (DUE-1): the supervisor, else the manager; the manager's
    the leader (ORG-1)."""
    if person.has_role("manager"):
        return list(Person.objects.acting_as("leader", clock.today()))
    supervisor = person.supervisor
    if supervisor and supervisor.has_role("supervisor") and not supervisor.has_left:
        return [supervisor]
    return list(Person.objects.acting_as("manager", clock.today()).exclude(pk=person.pk))


def written_tell(*, plan: CollectionPlan, actor: Any) -> None:
    """The other side hears that there is a plan to agree."""
    unpaid = _read(plan)
    seller = unpaid.order.person
    is_sellers = actor is not None and actor.person_id == seller.pk
    notice_send(
        people=leads_of(seller) if is_sellers else [seller],
        key=f"plan/{plan.pk}/written",
        text=gettext_noop("A collection plan for %(customer)s is to be agreed"),
        values={"customer": unpaid.order.customer.name},
        url=page_of(unpaid),
        actor=actor,
    )


def agreed_tell(*, plan: CollectionPlan, actor: Any) -> None:
    """Who wrote it hears that it is agreed."""
    writer = plan.written_by.person if plan.written_by else None
    if writer is None:
        return
    unpaid = _read(plan)
    notice_send(
        people=[writer],
        key=f"plan/{plan.pk}/agreed",
        text=gettext_noop("The collection plan for %(customer)s is agreed"),
        values={"customer": unpaid.order.customer.name},
        url=page_of(unpaid),
        actor=actor,
    )


def _read(plan: CollectionPlan) -> UnpaidDelivery:
    wanted = UnpaidDelivery.objects.select_related("order__customer", "order__person__supervisor")
    return wanted.get(pk=plan.unpaid_id)
