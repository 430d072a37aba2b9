"""Writes about customers' files."""

from typing import Any

from core.services import audit, audit_subject
from customers.models import Customer


def file_opened(*, customer: Customer, actor: Any) -> None:
    """Keep who opened which file, and when (CUS-2)."""
    audit(actor=actor, action="open file", subject=audit_subject(customer), changes={})
