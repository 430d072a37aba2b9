"""Company property broken: recorded, and corrected (GOOD-2). The charge follows the facts."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from claims.models import Damage
from claims.services.keeping import DAMAGE, as_said, files_keep
from claims.services.refusals import ChangedMeanwhile, ClaimsRefused
from claims.services.telling import case_tell, damage_tell
from core import clock
from core.files.reading import ReadFile
from core.months import Month
from core.numbers import next_no
from core.services import audit, audit_subject
from payroll.services import close_follow


@dataclass(frozen=True, slots=True)
class Broken:
    """What was broken, at which cost price in yuan, and what whoever broke it says."""

    on: date
    item: str
    cost_price: Decimal
    on_purpose: bool
    note: str
    heard: str


@transaction.atomic
def damage_record(
    *,
    person: Person,
    broken: Broken,
    files: Iterable[ReadFile] = (),
    token: UUID,
    actor: Any = None,
) -> Damage:
    """Record broken property; on purpose, the manager is told that a case is due.

    Whoever broke it is heard first. The same form sent twice is one damage. Raises
    `ClaimsRefused`, and `FileRefused`.
    """
    if broken.on > clock.today():
        raise ClaimsRefused(_("The day lies in the future."))
    if not broken.heard.strip():
        raise ClaimsRefused(_("Hear them first, and write down what they say."))
    damage_no = next_no(Damage, "damage_no", "P")
    recorded: Damage | None = Damage.objects.filter(token=token).first()
    if recorded:
        return recorded
    damage = Damage.objects.create(
        damage_no=damage_no,
        person=person,
        recorded_at=clock.now(),
        recorded_by=actor,
        token=token,
        **asdict(broken),
    )
    files_keep(files=files, kind=DAMAGE, owner=damage.pk, actor=actor)
    changes = {name: [None, as_said(value)] for name, value in asdict(broken).items()}
    audit(actor=actor, action="record", subject=audit_subject(damage), changes=changes)
    damage_tell(damage=damage, actor=actor)
    close_follow(month=Month.of(damage.on), actor=actor)
    return damage


@transaction.atomic
def damage_correct(
    *, damage: Damage, cost_price: Decimal, on_purpose: bool, reason: str, actor: Any = None
) -> Damage:
    """Correct price or intent as they were seen, with the reason; a price of 0 charges nothing.

    Raises `ClaimsRefused`, and `ChangedMeanwhile` for who comes second.
    """
    if not reason.strip():
        raise ClaimsRefused(_("Say why."))
    wanted = {"cost_price": cost_price, "on_purpose": on_purpose}
    changes: dict[str, Any] = {
        name: [as_said(getattr(damage, name)), as_said(value)]
        for name, value in wanted.items()
        if getattr(damage, name) != value
    }
    if not changes:
        raise ClaimsRefused(_("That is what stands already."))
    seen = Damage.objects.filter(
        pk=damage.pk, cost_price=damage.cost_price, on_purpose=damage.on_purpose
    )
    if seen.update(**wanted) != 1:
        raise ChangedMeanwhile(_("The damage was corrected meanwhile; look again."))
    changes["reason"] = [None, reason.strip()]
    audit(actor=actor, action="correct", subject=audit_subject(damage), changes=changes)
    now: Damage = Damage.objects.select_related("person").get(pk=damage.pk)
    if now.on_purpose and not damage.on_purpose:
        case_tell(damage=now, actor=actor)
    close_follow(month=Month.of(now.on), actor=actor)
    return now
