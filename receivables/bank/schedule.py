"""Statements whose taking died on the way are taken up again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.jobs import Due
from receivables.bank.models import BankStatement

GIVEN_UP_AFTER = timedelta(minutes=10)  # longer than any request lasts


def left(now: datetime) -> Iterator[Due]:
    """What is being taken for too long. Done meanwhile, the job finds nothing to do."""
    asked = BankStatement.objects.filter(state=BankStatement.State.ASKED, asked_at__isnull=False)
    for sent in asked.only("id", "at", "asked_at"):
        yield Due(str(sent.pk), (sent.asked_at or sent.at) + GIVEN_UP_AFTER)
