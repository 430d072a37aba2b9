"""Whether a month still takes what is written about its days."""

from django.utils.translation import gettext as _

from attendance.services.refusals import AttendanceRefused
from core.db import lock_shared
from core.months import Month
from payroll.models import PayMonth


def month_must_be_open(month: Month) -> None:
    """Raise `AttendanceRefused` for a final month. Until the transaction ends none becomes it."""
    months = PayMonth.objects.filter(month=month)
    lock_shared(months)
    if months.filter(state=PayMonth.State.FINAL).exists():
        raise AttendanceRefused(_("%(month)s is final.") % {"month": month})
