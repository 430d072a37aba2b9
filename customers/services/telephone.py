"""The guard of the telephone, which nobody talks around: it is asked under the lock of the
customer's file by whatever makes a call or records one (VIS-4, S6.20)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Customer
from customers.querysets.calls import calls_on
from customers.rules.telephone import Refusal, refusal
from customers.services.files import file_locked
from customers.services.refusals import VisitRefused
from policy.querysets import policy_book


class CallRefused(VisitRefused):
    """The customer gets no further call. The message says why, in the reader's language."""


def guard_pass(*, customer: Customer, day: date) -> Customer:
    """The customer's file, held until the transaction ends, if they may be called once more on that
    day (the company's). Raises `CallRefused`; `ChangedMeanwhile` where another file took its place.
    """
    held = file_locked(customer.pk)
    most = policy_book().on(day).calls_per_day
    found = refusal(do_not_disturb=held.do_not_disturb, called=calls_on(held.pk, day), most=most)
    if found is Refusal.QUIET:
        raise CallRefused(
            _("%(customer)s does not want to be disturbed: no calls.") % {"customer": held.name}
        )
    if found is Refusal.TOO_OFTEN:
        raise CallRefused(
            ngettext(
                "%(customer)s was called %(n)s time on that day already, by whomever: no more "
                "calls.",
                "%(customer)s was called %(n)s times on that day already, by whomever: no more "
                "calls.",
                most,
            )
            % {"customer": held.name, "n": most}
        )
    return held
