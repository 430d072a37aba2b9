"""The charge that stands for a loan or a damage, and how whoever is charged objects (PAY-3)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Person
from accounts.querysets import sees
from core.months import Month
from payroll.models import Entry, PayMonth
from payroll.permissions import can_object
from payroll.querysets import SEE_ALL_PAY


@dataclass(frozen=True, slots=True)
class Charged:
    """`why`: where the charge is explained, on a statement or in the month so far.

    `object_url`: where it is objected to, for whoever is charged while there is time; empty where
    no close has posted it yet (`is_posted`), or it is too late.
    """

    month: Month
    is_posted: bool
    why: str
    object_url: str = ""
    is_own: bool = False


def charged_of(user: Any, person: Person, key: str, month: Month) -> Charged | None:
    """What is charged under a key, for whoever may see the person's pay; None for all others."""
    if not sees(user, person, everything=SEE_ALL_PAY):
        return None
    is_own = user.person_id == person.pk
    entry = Entry.objects.standing().filter(key=key).select_related("person").first()
    if entry is None:
        address = reverse("so_far_why", args=[month, person.employee_no])
        return Charged(month, False, f"{address}?{urlencode({'key': key})}", is_own=is_own)
    pay_month = PayMonth.objects.filter(month=entry.pay_month).first()
    objects = reverse("appeal_new", args=[entry.pk]) if can_object(user, entry, pay_month) else ""
    return Charged(entry.pay_month, True, reverse("entry_why", args=[entry.pk]), objects, is_own)
