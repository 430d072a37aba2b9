"""Targets set for a period (TAR-1). The contract's year is kept with the person."""

from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.services import in_place
from core.services import audit
from performance.models import Target
from performance.rules.periods import Period
from performance.services.keeping import ChangedMeanwhile, PerformanceRefused


@transaction.atomic
def target_set(
    *,
    period: Period,
    amount: Decimal | None,
    seen: int,
    person: Person | None = None,
    team: str = "",
    actor: Any,
) -> Target | None:
    """Set what a person or a team is to bring in a period; None takes it back, and the contract
    counts again. The same said twice is once.

    `seen`: the version of the target that the form showed, 0 for none. Raises `ChangedMeanwhile`.
    """
    if (person is None) == (team == ""):
        raise PerformanceRefused(_("A target is a person's or a team's."))
    whose: dict[str, Any] = {"person": person, "team": team, "period": str(period)}
    there: Target | None = Target.objects.select_for_update().filter(**whose).first()
    if (None if there is None else there.amount) == amount:
        return there
    if (0 if there is None else there.version) != seen:
        raise ChangedMeanwhile(_("It was changed meanwhile; look again."))
    before = None if there is None else str(there.amount)
    audit(
        actor=actor,
        action="target set",
        subject=f"target {person.employee_no if person else team} {period}",
        changes={
            "amount": [before, None if amount is None else str(amount)],
            **in_place(actor, "manager", "leader"),
        },
    )
    if amount is None:
        Target.objects.filter(**whose).delete()
        return None
    if there is None:
        return _made(whose, amount)
    there.amount, there.version = amount, there.version + 1
    there.save(update_fields=["amount", "version"])
    return there


def _made(whose: dict[str, Any], amount: Decimal) -> Target:
    try:
        with transaction.atomic():
            return Target.objects.create(amount=amount, version=1, **whose)
    except IntegrityError:
        raise ChangedMeanwhile(_("It was changed meanwhile; look again.")) from None
