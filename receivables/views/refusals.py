"""How a refusal of the counter is answered."""

from receivables.services import ChangedMeanwhile

WRONG, CONFLICT = 400, 409


def status_of(refusal: Exception) -> int:
    """Whether what was sent is wrong, or what it was about has changed."""
    return CONFLICT if isinstance(refusal, ChangedMeanwhile) else WRONG
