"""Whose files somebody sees (ORG-1, CUS-2), and which of them are complete (CUS-1)."""

from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Channel, Person
from accounts.querysets import OwnedQuerySet, seen_by
from core import clock
from core.months import Month

SEE_ALL_CUSTOMERS = ("manager", "leader")
SAID = ("address", "scale", "industry", "source", "level")


class CustomerQuerySet(OwnedQuerySet):
    """Files are trade secrets: the owner's, who leads them, and the heads'."""

    PERSON = "owner"
    SEEN_BY = SEE_ALL_CUSTOMERS

    def standing(self) -> Self:
        """Files whose place no other has taken."""
        return self.filter(merged_into=None)

    def visible_to(self, user: Any) -> Self:
        return super().visible_to(user).standing()

    def to_call_on(self) -> Self:
        """Without those who are not to be disturbed where the owner sells by telephone: no call is
        allowed (VIS-4), so none is missed. *decided*: for that channel alone. Who sells in the
        field calls in person, and gets out of nothing by marking."""
        return self.exclude(do_not_disturb=True, owner__channel=Channel.TELEPHONE)

    def new_in(self, month: Month) -> Self:
        """Files opened in a month: to be completed in it (CUS-1)."""
        return self.filter(created_on__gte=month.first_day, created_on__lte=month.last_day)

    def with_contact_counts(self) -> Self:
        """Each with how many contacts are there, can be reached, and decide (`contact_count`,
        `reached_count`, `deciding_count`)."""
        return self.annotate(
            contact_count=_counted(),
            reached_count=_counted(~Q(telephone="")),
            deciding_count=_counted(Q(say="decides")),
        )

    def incomplete(self) -> Self:
        """Those that lack something, as `customers.rules.files.completeness` says it."""
        lacks = Q()
        for name in SAID:
            lacks |= Q(**{name: ""})
        unreachable = Q(telephone="") & ~Exists(_there(~Q(telephone="")))
        undecided = ~Exists(_there(Q(say="decides")))
        return self.filter(lacks | unreachable | undecided)


def or_filed_as(named: Q) -> Q:
    """The files that `named` finds, and those that took the place of one it finds: an old number
    or name leads to the file that stands."""
    from customers.models import Customer

    gone = Customer.objects.filter(named, merged_into__isnull=False)
    return named | Q(pk__in=gone.order_by().values("merged_into"))


def _there(which: Q | None = None) -> "QuerySet[Any]":
    from customers.models import Contact

    rows = Contact.objects.filter(customer=OuterRef("pk"), gone=False)
    return rows if which is None else rows.filter(which)


def _counted(which: Q | None = None) -> Coalesce:
    rows = _there(which).order_by().values("customer").annotate(n=Count("id")).values("n")
    return Coalesce(Subquery(rows), 0)


class OfCustomers(QuerySet[Any]):
    """What belongs to a file is seen by whoever sees the file."""

    def visible_to(self, user: Any) -> Self:
        return seen_by(
            self.filter(customer__merged_into=None),
            user,
            everything=SEE_ALL_CUSTOMERS,
            person="customer__owner",
        )


def readers_of(customer: Any) -> "QuerySet[Person]":
    """The people at work who may see a file: its owner, those above them, the heads and who stands
    in for them."""
    today = clock.today()
    here = Person.objects.here_on(today)
    ids = set(_above(customer.owner_id))
    if customer.owner_id is not None:
        ids.add(customer.owner_id)
    heads = [Person.objects.acting_as(role, today) for role in SEE_ALL_CUSTOMERS]
    which = Q(pk__in=ids)
    for rows in heads:
        which |= Q(pk__in=rows.order_by().values("pk"))
    return here.filter(which).order_by("employee_no")


def _above(person: int | None) -> list[int]:
    """The supervisors above somebody. One query."""
    if person is None:
        return []
    above, supervisors = {}, set()
    for pk, supervisor, roles in Person.objects.order_by().values_list(
        "pk", "supervisor_id", "roles"
    ):
        above[pk] = supervisor
        if "supervisor" in roles:
            supervisors.add(pk)
    found: list[int] = []
    at = above.get(person)
    while at is not None and at not in found:
        found.append(at)
        at = above.get(at)
    return [pk for pk in found if pk in supervisors]
