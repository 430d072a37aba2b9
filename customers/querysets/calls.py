"""Reads of telephone sales: who is to be called, how often somebody was, who sees it (VIS-4)."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.querysets import OwnedQuerySet
from core import clock
from customers.querysets.files import SEE_ALL_CUSTOMERS, OfCustomers


class CallQuerySet(OwnedQuerySet):
    """Calls: the caller's, who leads them, the heads'."""

    SEEN_BY = SEE_ALL_CUSTOMERS

    def running(self) -> Self:
        """Those nobody has said the outcome of yet."""
        return self.filter(ended_at=None)

    def to_call_back(self) -> Self:
        """Those whose customer waits for a call back. It is for whose customer it is by now."""
        return self.filter(
            back_at__isnull=False,
            back_done_at=None,
            customer__do_not_disturb=False,
            customer__merged_into=None,
        )


class QuietMarkQuerySet(OfCustomers):
    def standing(self) -> Self:
        return self.filter(lifted_at=None)

    def stood_at(self, at: datetime) -> Self:
        """Those that stood at an instant: from the moment of the mark until it was lifted."""
        return self.filter(Q(lifted_at=None) | Q(lifted_at__gt=at), marked_at__lte=at)


class ScriptQuerySet(models.QuerySet[Any]):
    def in_force(self, purpose: str) -> Any:
        """The latest version of a script, if one was ever written."""
        return self.filter(purpose=purpose).order_by("-number").first()


def calls_until(customer_id: int, at: datetime) -> int:
    """How often a customer was called up to an instant, on its day of the company's clock, by
    anybody: calls, whatever came of them, and genuine telephone visits that tell of no such call
    (VIS-4). What happened at that very instant counts, what happened later does not. Two queries.
    """
    from customers.models import Call

    day = clock.local_date(at)
    calls = Call.objects.filter(customer=customer_id, on=day, started_at__lte=at).count()
    return calls + _other_calls(day).filter(customer=customer_id, at__lte=at).count()


def _other_calls(day: date) -> QuerySet[Any]:
    """Telephone visits of a day that were recorded or loaded without a call."""
    from customers.models import Visit

    of_day = Visit.objects.filter(at__gte=clock.start_of(day), at__lt=clock.end_of(day))
    return of_day.genuine().filter(kind="telephone", call=None)


def with_calls_on(rows: Any, day: date) -> Any:
    """Customers, each with `called`: how often they were called on that day, counted as
    `calls_until` does."""
    from customers.models import Call

    here = Call.objects.filter(customer=OuterRef("pk"), on=day)
    others = _other_calls(day).filter(customer=OuterRef("pk"))
    return rows.annotate(called=_counted(here) + _counted(others))


def _counted(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("customer").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def can_be_called(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Customers with a number, who do not mind."""
    from customers.models import Contact

    there = Contact.objects.filter(customer=OuterRef("pk"), gone=False).exclude(telephone="")
    return rows.filter(do_not_disturb=False).filter(~Q(telephone="") | Exists(there))


# Why a customer is on the list, in the order in which they are called.
BACK, NEVER, DUE = "back", "never", "due"


def to_call(rows: Any, now: datetime, interval: int, most: int) -> QuerySet[Any]:
    """Of these customers those to be called now: whose call-back time has come; never called on,
    or due for a return visit today. Who asked for a later time is left alone until then, and
    who was called `most` times today until tomorrow (VIS-4).

    Each with `back_at`, `called` (today), `why`, `turn` (the order of calling), and what
    `with_quiet_since` says.
    """
    from customers.models import Call
    from customers.querysets.returns import with_quiet_since

    today = clock.local_date(now)
    waits = Call.objects.to_call_back().filter(customer=OuterRef("pk")).order_by("back_at")
    quiet = clock.end_of(today - timedelta(days=interval))
    told = with_calls_on(with_quiet_since(can_be_called(rows)), today)
    told = told.filter(called__lt=most).annotate(back_at=Subquery(waits.values("back_at")[:1]))
    has_come, nobody_waits = Q(back_at__lte=now), Q(back_at=None)
    found = told.filter(has_come | (nobody_waits & (Q(last_at=None) | Q(quiet_since__lt=quiet))))
    return found.annotate(
        why=Case(
            When(has_come, then=Value(BACK)),
            When(last_at=None, then=Value(NEVER)),
            default=Value(DUE),
        ),
        # Who was tried today comes after all others who did not ask for it.
        turn=Case(
            When(has_come, then=Value(0)),
            When(called=0, then=Value(1)),
            default=Value(2),
        ),
    )
