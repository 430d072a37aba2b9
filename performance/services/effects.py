"""What is proposed from an appraisal that is over (KPI-1, REW-1, DIS-1)."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from conduct.cases.services.keeping import CaseRefused
from conduct.cases.services.reporting import Reported, proceeding_report
from conduct.kinds import Offence
from conduct.models import RewardProposal
from conduct.rewards.services import Proposed, RewardRefused, reward_propose
from core import clock
from performance.models import Appraisal, AppraisalEffect
from performance.services.keeping import PerformanceRefused


@transaction.atomic
def bonus_propose(
    *,
    appraisal: Appraisal,
    amount: Decimal | None,
    reason: str,
    token: UUID,
    by: Person,
    actor: Any,
) -> AppraisalEffect:
    """Propose a bonus (yuan); it is paid once it was decided. The same form sent twice proposes
    it once. Raises `PerformanceRefused`."""
    _must_be_over(appraisal)
    proposed = Proposed(RewardProposal.Kind.BONUS, reason, amount=amount)
    try:
        reward = reward_propose(
            person=appraisal.person, proposed=proposed, token=token, by=by, actor=actor
        )
    except RewardRefused as refusal:
        raise PerformanceRefused(str(refusal)) from None
    return _kept(appraisal, reward=reward)


@transaction.atomic
def sanction_propose(
    *, appraisal: Appraisal, reason: str, token: UUID, by: Person, actor: Any
) -> AppraisalEffect:
    """Report a case of what the appraisal shows: heard and decided as every case (DIS-1). The same
    form sent twice reports it once. Raises `PerformanceRefused`."""
    _must_be_over(appraisal)
    reported = Reported(Offence.OTHER, clock.today(), reason, (appraisal.person,))
    try:
        case = proceeding_report(reported=reported, token=token, reporter=by, actor=actor)
    except CaseRefused as refusal:
        raise PerformanceRefused(str(refusal)) from None
    return _kept(appraisal, proceeding=case)


def _must_be_over(appraisal: Appraisal) -> None:
    if not appraisal.is_over:
        raise PerformanceRefused(_("Nothing follows before it is acknowledged or decided."))


def _kept(appraisal: Appraisal, **what: Any) -> AppraisalEffect:
    kept: AppraisalEffect
    kept, _new = AppraisalEffect.objects.get_or_create(**what, defaults={"appraisal": appraisal})
    if kept.appraisal_id != appraisal.pk:
        raise PerformanceRefused(_("Open the form anew and send it again."))
    return kept
