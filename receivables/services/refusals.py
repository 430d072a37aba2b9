"""Why something about slips, money or the counter is refused (SLIP-1 to SLIP-4)."""

from decimal import Decimal


class SlipRefused(Exception):
    """A slip or the money on it is refused; the message says why, in the reader's language."""


class CounterRefused(Exception):
    """It cannot be done; the message says why, in the reader's language."""


class ChangedMeanwhile(CounterRefused):
    """Somebody else was first; nothing was written."""


class CashDiffers(CounterRefused):
    """What was counted is not what is recorded, and the difference is not the one seen."""

    def __init__(self, message: str, difference: Decimal) -> None:
        super().__init__(message)
        self.difference = difference
