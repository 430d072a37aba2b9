"""The guard of the telephone, which nobody talks around: it is asked under the lock of the
customer's file by whatever makes a call or records one (VIS-4, S6.20)."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from customers.models import Customer, QuietMark
from customers.querysets.calls import calls_until
from customers.rules.telephone import Refusal, refusal
from customers.services.files import file_locked
from customers.services.refusals import VisitRefused
from policy.querysets import policy_book


class CallRefused(VisitRefused):
    """The customer gets no further call. The message says why, in the reader's language."""


def guard_pass(*, customer: Customer, at: datetime) -> Customer:
    """The customer's file, held until the transaction ends, if they might be called at an instant:
    by the marks that stood then, and the calls of that day (the company's) until then. What came
    afterwards makes no call of before it a wrong one, however late that is recorded.

    Raises `CallRefused`; `ChangedMeanwhile` where another file took its place.
    """
    held = file_locked(customer.pk)
    most = policy_book().on(clock.local_date(at)).calls_per_day
    marked = QuietMark.objects.stood_at(at).filter(customer=held).exists()
    found = refusal(do_not_disturb=marked, called=calls_until(held.pk, at), most=most)
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
