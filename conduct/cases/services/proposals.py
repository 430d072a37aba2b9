"""The leader's word on a proposed demotion or dismissal (DIS-1, DIS-3)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.cases.services.deciding import fact_make
from conduct.cases.services.keeping import meanwhile, must_say, written
from conduct.cases.services.telling import proposal_decided_tell
from conduct.models import Proposal
from core import clock

State = Proposal.State


@transaction.atomic
def proposal_decide(*, proposal: Proposal, accept: bool, reply: str, actor: Any) -> Proposal:
    """Accept or refuse it, with the reason; once. Accepted it stands in the facts, and personnel
    carries it out. Raises `ChangedMeanwhile` for who comes second."""
    said = must_say(reply, _("A decision needs its reason."))
    state = State.ACCEPTED if accept else State.REFUSED
    open_one = Proposal.objects.filter(pk=proposal.pk, state=State.OPEN)
    values = {"reply": said, "decided_at": clock.now(), "decided_by": actor}
    if open_one.update(state=state, **values) != 1:
        raise meanwhile()
    now: Proposal = Proposal.objects.select_related(
        "verdict__subject__person", "verdict__subject__proceeding"
    ).get(pk=proposal.pk)
    subject = now.verdict.subject
    if accept:
        now.case = fact_make(subject.proceeding, subject, sanction=now.kind, actor=actor)
        now.save(update_fields=["case"])
    written(subject.proceeding, "case proposal decided", actor, now.goes_to, state=["open", state])
    proposal_decided_tell(proposal=now, actor=actor)
    return now
