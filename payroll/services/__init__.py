"""Every write of the books."""

from payroll.services.close import CannotClose, close_length, month_close
from payroll.services.closing import Closed
from payroll.services.final import CannotFinal, month_final
from payroll.services.runs import close_go_on, group_go_on
from payroll.services.waivers import waiver_grant, waiver_withdraw

__all__ = [
    "CannotClose",
    "CannotFinal",
    "Closed",
    "close_go_on",
    "close_length",
    "group_go_on",
    "month_close",
    "month_final",
    "waiver_grant",
    "waiver_withdraw",
]
