"""What is taken out of the books by people: kept, for pay is confidential (ORG-1)."""

from typing import Any

from accounts.models import Person
from core.months import Month
from core.services import audit, audit_subject


def statement_taken(*, person: Person, month: Month, ending: str, actor: Any) -> None:
    """Keep that somebody took a statement as a file."""
    audit(
        actor=actor,
        action="statement taken",
        subject=audit_subject(person),
        changes={"month": str(month), "form": ending},
    )
