"""Numbers as they are shown: whole while the guard would let a call pass, else masked (VIS-4)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from customers.rules.telephone import Refusal, masked, refusal
from policy.querysets import policy_book


@dataclass(frozen=True, slots=True)
class Shown:
    """A number to read; `shut`: why it is not whole, in a few words, empty where it is."""

    text: str
    shut: str = ""


def calls_a_day() -> int:
    """How often is enough today (VIS-4)."""
    return policy_book().on(clock.today()).calls_per_day


def shown_number(number: str, customer: Any, *, most: int) -> Shown:
    """A number of a customer who was read `with_calls_on` today, or of somebody there."""
    shut = why_shut(customer, most=most)
    return Shown(masked(number), shut) if shut and number else Shown(number)


def why_shut(customer: Any, *, most: int) -> str:
    """Why no call may be made to a customer who was read `with_calls_on` today; empty: it may."""
    found = refusal(do_not_disturb=customer.do_not_disturb, called=customer.called, most=most)
    return "" if found is None else _reason(found, customer.called)


def _reason(found: Refusal, called: int) -> str:
    if found is Refusal.QUIET:
        return _("do not disturb")
    return ngettext("called %(n)s time today", "called %(n)s times today", called) % {"n": called}
