"""Reads of prefectures and agents, and who sees which agent (CUS-5)."""

from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Value, When

from accounts.querysets import OwnedQuerySet
from customers.querysets.files import SEE_ALL_CUSTOMERS


class AgencyQuerySet(OwnedQuerySet):
    """An agent is a customer: seen by whoever sees the customer's file."""

    PERSON = "customer__owner"
    SEEN_BY = SEE_ALL_CUSTOMERS

    def standing(self) -> Self:
        return self.filter(ended_on=None)


class PrefectureQuerySet(models.QuerySet[Any]):
    def with_standing(self) -> Self:
        """Each with how it stands: covered, in talks, open."""
        from customers.models import Agency

        here = Agency.objects.standing().filter(prefecture=OuterRef("pk"))
        return self.annotate(
            standing=Case(
                When(Exists(here.exclude(agent_on=None)), then=Value("covered")),
                When(Exists(here), then=Value("talks")),
                default=Value("open"),
            )
        )
