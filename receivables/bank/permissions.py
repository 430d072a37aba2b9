"""Who may look at the company's account and reconcile it (ORG-1): finance."""

from typing import Any

from django.utils.translation import gettext as _

from core.permissions import ALLOWED, Decision
from receivables.bank.querysets import sees_bank


def can_reconcile(user: Any) -> Decision:
    if sees_bank(user):
        return ALLOWED
    return Decision(False, _("The company's bank account is for finance."))
