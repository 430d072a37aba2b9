"""Writes of the policy: only ever forward."""

from datetime import date

from policy.models import PolicyFreeze


def policy_freeze(*, through: date) -> None:
    """Settle the policy up to and with a day: a month that ends there has become final (POL-1)."""
    PolicyFreeze.objects.get_or_create(through=through)
