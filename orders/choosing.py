"""Which customers and salespeople somebody may enter an order for (ORG-1, CUS-2)."""

from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import F, Q, QuerySet, Value

from accounts.models import Person
from accounts.querysets import led_ids
from core import clock
from core.spelling import spelled, words_of
from customers.models import Customer, Project

SHOWN = 8


@dataclass(frozen=True)
class Reach:
    """The customers somebody may name in an order.

    `known` are found by parts of number, name or pinyin, and shown with their owner. `named` are
    found by the very number or the whole name alone, and nothing besides is said of them: files
    are trade secrets (CUS-2), and whoever has the contract in hand knows the firm already.
    """

    known: "QuerySet[Customer]"
    named: "QuerySet[Customer]"
    looks: bool = True  # whether there is anything to look for by a part of a name

    def with_one(self, pk: int) -> Self:
        """That one may be named, too."""
        return replace(self, named=self.named | Customer.objects.filter(pk=pk))

    def chosen(self, number: str) -> "list[Customer]":
        """The customer that was chosen, if it may be named. Two queries at the most."""
        return self._one(Q(customer_no=number))

    def found(self, typed: str) -> "list[Customer]":
        """The customers that what was typed may mean: the very number alone, else by number, name
        or pinyin, one more than are shown where there are more. Four queries at the most."""
        words = words_of(typed)
        if not words:
            return []
        return self._one(Q(customer_no__iexact=words)) or self._fitting(words, name=typed)

    def _one(self, which: Q) -> "list[Customer]":
        return list(_with_owner(self.known.filter(which))[:1]) or self._named(which)[:1]

    def _fitting(self, words: str, *, name: str) -> "list[Customer]":
        by_words = (
            Q(customer_no__icontains=words)
            | Q(name__icontains=words)
            | Q(pk__in=spelled(Customer, words))
        )
        known = list(_with_owner(self.known.filter(by_words)).order_by("customer_no")[: SHOWN + 1])
        called = self._named(Q(name__iexact=name.replace("\0", "").strip()))
        there = {each.pk for each in known}
        return [*known, *(each for each in called if each.pk not in there)][: SHOWN + 1]

    def _named(self, which: Q) -> "list[Customer]":
        rows = self.named.filter(which).annotate(shown_owner=Value("")).order_by("customer_no")
        return list(rows[: SHOWN + 1])


def _with_owner(rows: "QuerySet[Customer]") -> "QuerySet[Customer]":
    return rows.annotate(shown_owner=F("owner__name"))


def customers_for(user: Any) -> Reach:
    """One's own and those of the people one leads; all of them to the manager. Finance enters
    contracts for every salesperson, and sees no files: it names any customer, and looks for none.
    """
    standing = Customer.objects.standing()
    if user.is_superuser or user.has_role("manager"):
        return Reach(standing, Customer.objects.none())
    own = {user.person_id, *led_ids(user)} - {None}
    named = standing if user.has_role("finance") else Customer.objects.none()
    looks = user.has_role("salesperson", "supervisor")
    return Reach(standing.filter(owner__in=own), named, looks)


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
