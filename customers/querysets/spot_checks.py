"""Who sees which spot checks, and the records they are about (ORG-1, VIS-3)."""

from datetime import date
from typing import Any, Self

from accounts.models import Person
from accounts.querysets import OwnedQuerySet
from customers.querysets.files import SEE_ALL_CUSTOMERS
from customers.rules.spot_checks import Days


class SpotCheckQuerySet(OwnedQuerySet):
    SEEN_BY = SEE_ALL_CUSTOMERS

    def visible_to(self, user: Any) -> Self:
        """Of one's own those with a verdict: what was only drawn is not told beforehand."""
        seen = super().visible_to(user)
        if user.person_id is None:
            return seen
        return seen.exclude(person=user.person_id, verdict="")

    def to_judge(self, day: date) -> Self:
        """Drawn, without a verdict, and still in time for one."""
        return self.filter(verdict="", draw__judge_by__gte=day)

    def to_reply(self, day: date) -> Self:
        return self.filter(verdict="none", replied_at=None, reply_until__gte=day)

    def replied(self) -> Self:
        """Those whose reply nobody has decided on."""
        return self.filter(verdict="none", replied_at__isnull=False, answer="")

    def charged(self) -> Self:
        """Those that are charged: no record, and no reply that was accepted (VIS-3)."""
        return self.filter(verdict="none").exclude(answer="accepted")


class DrawQuerySet(OwnedQuerySet):
    """Samples are for those who check: whoever is checked sees the checks judged."""

    SEEN_BY = SEE_ALL_CUSTOMERS

    def visible_to(self, user: Any) -> Self:
        seen = super().visible_to(user)
        return seen if user.person_id is None else seen.exclude(person=user.person_id)


def records_of(customer_id: int) -> Any:
    """Every visit record of a customer, whoever made it, void ones too; the latest first."""
    from customers.models import Visit

    rows = Visit.objects.filter(customer=customer_id).select_related("person")
    return rows.order_by("-at", "-pk")


def genuine_days(customer_id: int, first: date, last: date) -> list[date]:
    """The days of these on which a customer was called on, by whomever. One query."""
    from core import clock
    from core.db import CompanyDay
    from customers.models import Visit

    rows = Visit.objects.filter(
        customer=customer_id, at__gte=clock.start_of(first), at__lt=clock.end_of(last)
    )
    return list(rows.genuine().order_by().values_list(CompanyDay("at"), flat=True))


def customers_to_revisit(person: Person, created_by: date) -> Any:
    """Those of somebody's customers whose files are old enough for a return visit to be due; no
    telephone salesperson's who are not to be disturbed (`to_call_on`)."""
    from customers.models import Customer

    return Customer.objects.filter(owner=person, created_on__lte=created_by).to_call_on()


def quiet_days(customer_id: int) -> list[Days]:
    """The days on which a customer was not to be disturbed for a part of the day at least, mark by
    mark. One query."""
    from core import clock
    from customers.models import QuietMark

    marks = QuietMark.objects.filter(customer=customer_id).order_by()
    return [
        (clock.local_date(marked), clock.local_date(lifted) if lifted else None)
        for marked, lifted in marks.values_list("marked_at", "lifted_at")
    ]
