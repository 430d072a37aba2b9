"""Support asked for, given and told what came of it (CUS-6, S9-5.4, S9-2.2)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.rules import deciding_roles
from accounts.services import in_place
from core import clock
from core.numbers import next_no
from core.services import audit, audit_subject
from customers.models import Customer, SupportRequest
from customers.services.changing import ProjectRefused, SeenOtherwise, change_seen
from customers.services.telling_support import asked_tell, ended_tell, refused_tell, taken_tell

State = SupportRequest.State


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; `colleague` with a mediation alone."""

    kind: str
    text: str
    wanted_on: date
    customer: Customer | None = None
    colleague: Person | None = None


@transaction.atomic
def support_ask(*, person: Person, asked: Asked, token: UUID, actor: Any = None) -> SupportRequest:
    """Ask for help with a customer, or for mediation. The same form sent twice is one request.

    Raises `ProjectRefused`.
    """
    _check(person, asked)
    request_no = next_no(SupportRequest, "request_no", "H")
    if sent := SupportRequest.objects.filter(token=token).first():
        if sent.person_id != person.pk:
            raise ProjectRefused(_("Open the form anew and send it again."))
        return sent
    made = SupportRequest.objects.create(
        request_no=request_no,
        person=person,
        kind=asked.kind,
        customer=asked.customer,
        colleague=asked.colleague,
        text=asked.text.strip(),
        wanted_on=asked.wanted_on,
        asked_at=clock.now(),
        token=token,
    )
    audit(
        actor=actor,
        action="support asked",
        subject=audit_subject(made),
        changes={"kind": [None, made.kind]},
    )
    asked_tell(request=made, actor=actor)
    return made


def _check(person: Person, asked: Asked) -> None:
    if not asked.text.strip():
        raise ProjectRefused(_("Write what is needed."))
    if asked.wanted_on < clock.today():
        raise ProjectRefused(_("The day has passed."))
    is_mediation = asked.kind == SupportRequest.Kind.MEDIATION
    if is_mediation is (asked.colleague is None):
        raise ProjectRefused(_("A mediation names the colleague, and nothing else does."))
    if asked.colleague is not None and asked.colleague.pk == person.pk:
        raise ProjectRefused(_("Nobody is mediated with themself."))


@transaction.atomic
def support_take(
    *,
    request: SupportRequest,
    helper: Person,
    help_by: date,
    reply: str = "",
    actor: Any = None,
) -> SupportRequest:
    """Say who helps and by when, as it was seen. Neither of the two mediates.

    Raises `SeenOtherwise`, `ProjectRefused`.
    """
    _must_wait(request)
    if helper.pk in (request.person_id, request.colleague_id):
        raise ProjectRefused(_("Somebody else than the two helps."))
    if helper.has_left:
        raise ProjectRefused(_("Whoever helps has to be here."))
    if help_by < clock.today():
        raise ProjectRefused(_("The day has passed."))
    values = {"state": State.TAKEN, "helper": helper, "help_by": help_by}
    taken = _answer(request, "support taken", actor, reply, **values)
    taken_tell(request=taken, actor=actor)
    return taken


@transaction.atomic
def support_refuse(*, request: SupportRequest, reply: str, actor: Any = None) -> SupportRequest:
    """Refuse it, with the reason, as it was seen. Raises `SeenOtherwise`, `ProjectRefused`."""
    _must_wait(request)
    if not reply.strip():
        raise ProjectRefused(_("A refusal needs its reason."))
    refused = _answer(
        request, "support refused", actor, reply, state=State.REFUSED, ended_at=clock.now()
    )
    refused_tell(request=refused, actor=actor)
    return refused


def _answer(
    request: SupportRequest, action: str, actor: Any, reply: str, **values: Any
) -> SupportRequest:
    answered: SupportRequest = change_seen(
        request,
        action=action,
        actor=actor,
        told=("state",),
        more=in_place(actor, *deciding_roles(request.person.role_set)),
        reply=reply.strip(),
        answered_by=actor,
        answered_at=clock.now(),
        **values,
    )
    return answered


@transaction.atomic
def support_end(*, request: SupportRequest, outcome: str, actor: Any = None) -> SupportRequest:
    """What came of it, as it was seen. Raises `SeenOtherwise`, `ProjectRefused`."""
    if not request.is_taken:
        raise SeenOtherwise(_("It was changed meanwhile; look again."))
    if not outcome.strip():
        raise ProjectRefused(_("Write what came of it."))
    ended: SupportRequest = change_seen(
        request,
        action="support done",
        actor=actor,
        told=("state",),
        state=State.DONE,
        outcome=outcome.strip(),
        ended_at=clock.now(),
    )
    ended_tell(request=ended, actor=actor)
    return ended


@transaction.atomic
def support_withdraw(*, request: SupportRequest, actor: Any = None) -> SupportRequest:
    """Whoever asked lets it be, as it was seen. Raises `SeenOtherwise`."""
    _must_wait(request)
    withdrawn: SupportRequest = change_seen(
        request,
        action="support withdrawn",
        actor=actor,
        told=("state",),
        state=State.WITHDRAWN,
        ended_at=clock.now(),
    )
    return withdrawn


def _must_wait(request: SupportRequest) -> None:
    if not request.is_waiting:
        raise SeenOtherwise(_("It was changed meanwhile; look again."))
