"""Every write of collections."""

from receivables.services.cutoff import cutoff_snapshot
from receivables.services.slips import (
    SlipRefused,
    late_handover_declare,
    payment_hand_in,
    payment_record,
    slip_issue,
    slip_return,
)
from receivables.services.unpaid import unpaid_converge, unpaid_go_on

__all__ = [
    "SlipRefused",
    "cutoff_snapshot",
    "late_handover_declare",
    "payment_hand_in",
    "payment_record",
    "slip_issue",
    "slip_return",
    "unpaid_converge",
    "unpaid_go_on",
]
