"""Slips, the money on them, the cutoff's snapshot, the reserve and bad debts (S9 chapter 4)."""

from receivables.models.cases import CaseStep, OutcomeProposal
from receivables.models.cutoff import CutoffMonth, CutoffSnapshot
from receivables.models.handovers import DaySheet, Discrepancy, Handover, SlipCount
from receivables.models.invoices import Invoice
from receivables.models.reserve import BadDebt, LegalCost, ReserveOpening
from receivables.models.slips import BlockLift, LateHandover, Payment, Refusal, Slip, Undoing
from receivables.models.unpaid import CollectionPlan, Iou, PlanStep, UnpaidDelivery

from receivables.bank.models import (  # isort: skip  (it names the models above)
    BankDay,
    BankLayout,
    BankLine,
    BankMatch,
    BankStatement,
)

__all__ = [
    "BadDebt",
    "BankDay",
    "BankLayout",
    "BankLine",
    "BankMatch",
    "BankStatement",
    "BlockLift",
    "CaseStep",
    "CollectionPlan",
    "CutoffMonth",
    "CutoffSnapshot",
    "DaySheet",
    "Discrepancy",
    "Handover",
    "Invoice",
    "Iou",
    "LateHandover",
    "LegalCost",
    "OutcomeProposal",
    "Payment",
    "PlanStep",
    "Refusal",
    "ReserveOpening",
    "Slip",
    "SlipCount",
    "Undoing",
    "UnpaidDelivery",
]
