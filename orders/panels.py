"""A person's and a customer's page: their orders (ORG-1: for the money roles, the heads, whoever
leads them); a project's: those made from it (CUS-4)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Person
from accounts.querysets import sees
from core.money import ZERO
from core.panels import Panel
from customers.models import Customer, Project
from customers.permissions.projects import can_work_on
from orders.models import Order
from orders.permissions import can_add_order, can_see_orders
from orders.querysets import SEE_ALL_ORDERS


def person(user: Any, person: Person) -> Iterator[Panel]:
    if sees(user, person, everything=SEE_ALL_ORDERS):
        yield Panel(
            key="orders",
            title=_("Orders"),
            template="orders/_person.html",
            context={
                "orders": partial(_latest, user, person),
                "sums": partial(_sums, user, person),
            },
        )


def _latest(user: Any, person: Person) -> list[Order]:
    rows = Order.objects.visible_to(user).filter(person=person).select_related("customer")
    return list(rows.order_by("-signed_on", "-id")[:10])


def _sums(user: Any, person: Person) -> dict[str, Any]:
    rows = Order.objects.visible_to(user).filter(person=person, signed_on__isnull=False)
    return rows.aggregate(count=Count("id"), amount=Sum("amount", default=ZERO))


def customer(user: Any, customer: Customer) -> Iterator[Panel]:
    """A customer's orders, as far as one may see them."""
    if can_see_orders(user):
        yield Panel(
            key="orders",
            title=pgettext("menu", "Orders"),
            template="orders/_customer.html",
            context={"orders": partial(_of_customer, user, customer)},
        )


def _of_customer(user: Any, customer: Customer) -> list[Order]:
    rows = Order.objects.visible_to(user).filter(customer=customer).select_related("person")
    return list(rows.order_by("-signed_on", "-id")[:10])


def project(user: Any, project: Project) -> Iterator[Panel]:
    """The orders made from a project, those one may see; at its contract, the way to make one.
    One query."""
    made = Order.objects.visible_to(user).filter(project=project)
    rows = list(made.order_by("pk")[:10])
    can_make = _can_make_order(user, project)
    if rows or can_make:
        yield Panel(
            key="orders",
            title=_("Orders made from it"),
            template="orders/_project.html",
            context={"project": project, "orders": rows, "can_make": can_make},
        )


def _can_make_order(user: Any, project: Project) -> bool:
    at_contract = project.stage == Project.Stage.CONTRACT
    return bool(at_contract and can_work_on(user, project) and can_add_order(user))
