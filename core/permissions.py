"""What a user may do, and the reason when not: the reason is shown to the user."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something is allowed. A refusal carries its reason, in the reader's language."""

    allowed: bool
    reason: Any = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(True)


def require(decision: Decision) -> None:
    """Raise `PermissionDenied` with the reason unless the decision allows."""
    if not decision:
        raise PermissionDenied(str(decision.reason))
