"""The month's close: assess, then make the ledger say so. Right whenever it runs (CUT-3).

It goes group by group, so that its memory, its write transactions and the work of one worker have
a bound, and ends with the part that concerns everybody, reckoned from what the groups came to.
Reading and writing are apart: a group is assessed in a read snapshot, so that nobody waits for it,
and the difference is posted in a transaction that makes sure nobody else did meanwhile (adr/0010).
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.db import statistics_ensure
from core.months import Month
from payroll.assessment import Progress, department_steps, group_steps
from payroll.groups import group_numbers
from payroll.models import PayMonth
from payroll.services.close_department import department_close
from payroll.services.close_groups import group_close
from payroll.services.closing import Closed
from payroll.services.posting import open_month_for


class CannotClose(Exception):
    """The month cannot be closed; the message says why, in the reader's language."""


def close_length(month: Month) -> int:
    """How many steps a close of the month takes, other months made right included."""
    each = len(group_steps()) * len(group_numbers()) + len(department_steps())
    return each * len(months_to_close(month))


def months_to_close(month: Month) -> list[Month]:
    """The month and all that were closed before, oldest first.

    A fact may have changed in any of them, and each opens with the balances of the one before.
    """
    closed = PayMonth.objects.exclude(state=PayMonth.State.OPEN).values_list("month", flat=True)
    return sorted({*closed, month})


def month_close(
    *,
    month: Month,
    as_of: datetime | None = None,
    actor: Any = None,
    progress: Progress | None = None,
) -> list[Closed]:
    """Close a month: post all that falls due up to `as_of` (default now), no more, no less.

    Every month closed before, and every one closed since, is made right as well, oldest first.
    Running it again changes nothing. Raises `CannotClose`.
    """
    as_of = as_of or clock.now()
    close_check(month=month, as_of=as_of)
    statistics_ensure()
    months = months_to_close(month)
    done = {each: Closed(each) for each in months}
    for number in group_numbers():
        for closed in group_close(
            months=months, number=number, as_of=as_of, actor=actor, progress=progress
        ):
            done[closed.month] += closed
    for closed in department_close(months=months, as_of=as_of, actor=actor, progress=progress):
        done[closed.month] += closed
    return list(done.values())


def close_check(*, month: Month, as_of: datetime) -> None:
    """Raise `CannotClose` for a month there is nothing to close in."""
    if as_of < month.start:
        raise CannotClose(_("%(month)s has not begun") % {"month": month})
    final = PayMonth.objects.filter(state=PayMonth.State.FINAL).order_by("month").first()
    if final and month < final.month:
        raise CannotClose(
            _("the books begin with %(first)s, which is final") % {"first": final.month}
        )
    # The month after a final one takes its corrections, even where nobody is left.
    goes_on = final and open_month_for(final.month) == month
    if not goes_on and not Person.objects.salespeople().employed_in(month).exists():
        raise CannotClose(_("no salesperson on file is employed in %(month)s") % {"month": month})
