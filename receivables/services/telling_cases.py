"""Whom a bad-debt case is told to: the one place from which word of it goes to the inboxes."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from accounts.rules import deciding_roles
from core import clock
from notices.services import notice_send
from receivables.models import BadDebt, CaseStep, OutcomeProposal

DECIDES = "manager"


def opened_tell(*, case: BadDebt, actor: Any) -> None:
    """The salesperson hears that a case was opened on an order of theirs."""
    _tell(
        [case.order.person],
        case,
        "opened",
        gettext_noop("Bad-debt case %(no)s was opened on order %(order)s"),
        actor,
        order=case.order.order_no,
    )


def step_tell(*, step: CaseStep, actor: Any) -> None:
    """The salesperson hears what others did about the case."""
    person = step.case.order.person
    if actor is not None and actor.person_id == person.pk:
        return
    text = gettext_noop("Something new in bad-debt case %(no)s")
    _tell([person], step.case, f"step/{step.pk}", text, actor)


def proposed_tell(*, proposal: OutcomeProposal, actor: Any) -> None:
    """Those who decide hear that an outcome waits for them."""
    case = proposal.case
    text = gettext_noop("The outcome of bad-debt case %(no)s waits for your decision")
    _tell(deciders_of(case), case, f"proposed/{proposal.pk}", text, actor)


def decided_tell(*, proposal: OutcomeProposal, actor: Any) -> None:
    """The salesperson hears what was decided, and so does who proposed it."""
    case, accepted = proposal.case, proposal.state == OutcomeProposal.State.ACCEPTED
    texts = {
        "recovered": gettext_noop("Bad-debt case %(no)s: the debt is recovered"),
        "dead": gettext_noop("Bad-debt case %(no)s: the debt is dead"),
        "reopened": gettext_noop("Bad-debt case %(no)s is open again"),
    }
    if accepted:
        key = f"decided/{proposal.pk}"
        _tell([case.order.person], case, key, texts[proposal.outcome], actor)
    proposer: Any = proposal.proposed_by
    if proposer is not None and proposer.person is not None:
        text = (
            gettext_noop("The outcome you proposed for bad-debt case %(no)s was accepted")
            if accepted
            else gettext_noop("The outcome you proposed for bad-debt case %(no)s was refused")
        )
        _tell([proposer.person], case, f"answered/{proposal.pk}", text, actor)


def deciders_of(case: BadDebt) -> list[Person]:
    """Those at work who decide on the salesperson's cases (ORG-1), without the salesperson."""
    person = case.order.person
    (role,) = deciding_roles(person.role_set, frozenset({DECIDES}))
    return list(Person.objects.acting_as(role, clock.today()).exclude(pk=person.pk))


def _tell(
    people: Iterable[Person], case: BadDebt, key: str, text: str, actor: Any, **values: str
) -> None:
    notice_send(
        people=people,
        key=f"case/{case.pk}/{key}",
        text=text,
        values={"no": case.case_no, **values},
        url=reverse("bad_debt", args=[case.case_no]),
        actor=actor,
    )
