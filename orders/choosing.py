"""Which customers and salespeople somebody may enter an order for (ORG-1, CUS-2)."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Person
from accounts.querysets import led_ids
from core import clock
from core.spelling import spelled, words_of
from customers.models import Customer, Project

SHOWN = 8


def customers_for(user: Any) -> "QuerySet[Customer]":
    """One's own and those of the people one leads; the manager and finance, who has them all in
    the orders, may name any."""
    if user.is_superuser or user.has_role("manager", "finance"):
        return Customer.objects.standing()
    if user.person_id is None:
        return Customer.objects.none()
    return Customer.objects.standing().filter(owner__in={user.person_id, *led_ids(user)})


def sellers_for(user: Any) -> "QuerySet[Person]":
    """The salespeople at work for whom somebody may enter an order."""
    selling = Person.objects.salespeople().here_on(clock.today())
    if user.is_superuser or user.has_role("manager", "finance"):
        return selling
    return selling.filter(pk__in={user.person_id or 0, *led_ids(user)})


def projects_for(user: Any) -> "QuerySet[Project]":
    """The projects that an order may come of which somebody enters: those they work on, at their
    contract (CUS-4)."""
    worked_on = Project.objects.going_on().kept_by(user)
    at_contract = worked_on.filter(stage=Project.Stage.CONTRACT)
    return at_contract.select_related("person", "customer").order_by("project_no")


def names_others(user: Any) -> bool:
    """Whether somebody enters orders for others too, and says for whom."""
    return bool(user.is_superuser or user.has_role("manager", "finance") or led_ids(user))


def customers_found(among: "QuerySet[Customer]", typed: str) -> list[Customer]:
    """The customers that what was typed may mean: the very number alone, else by number, name or
    pinyin, one more than are shown where there are more. Two queries at the most."""
    words = words_of(typed)
    if not words:
        return []
    exact = among.filter(customer_no__iexact=words).select_related("owner").first()
    if exact is not None:
        return [exact]
    by_words = (
        Q(customer_no__icontains=words)
        | Q(name__icontains=words)
        | Q(pk__in=spelled(Customer, words))
    )
    found = among.filter(by_words).select_related("owner").order_by("customer_no")
    return list(found[: SHOWN + 1])
