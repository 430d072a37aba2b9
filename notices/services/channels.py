"""Writes about groups and one's own wishes. The address of a group stands in no audit row."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.services import audit, audit_subject
from notices import sending
from notices.models import GroupChannel, Outgoing, Preference
from notices.sending import Refused, Unsure
from notices.services.outgoing import channel_outcome_keep

Outcome = GroupChannel.Outcome


@dataclass(frozen=True, slots=True)
class ChannelSaid:
    """What a group is: for whom, and where its robot is called."""

    name: str
    audience: str
    kind: str
    address: str
    team: str = ""
    role: str = ""
    secret: str = ""


@transaction.atomic
def channel_add(*, actor: Any, said: ChannelSaid) -> GroupChannel:
    """Add a group. The address was checked by the form, and is again whenever it is called."""
    channel = GroupChannel.objects.create(
        made_by=actor,
        name=said.name,
        audience=said.audience,
        team=said.team,
        role=said.role,
        kind=said.kind,
        address=said.address,
        secret=said.secret,
    )
    audit(
        actor=actor,
        action="group add",
        subject=audit_subject(channel),
        changes={"name": said.name, "kind": said.kind, "for": channel.whom, "at": channel.masked},
    )
    return channel


@transaction.atomic
def channel_switch(*, actor: Any, channel: GroupChannel, version: int, on: bool) -> bool:
    """Switch a group on or off; what waits for one that is off is not sent. Says whether it was
    done: not where somebody else changed it meanwhile."""
    done = GroupChannel.objects.filter(pk=channel.pk, version=version, on=not on).update(
        on=on, version=version + 1
    )
    if done and not on:
        Outgoing.objects.filter(channel=channel, state=Outgoing.State.QUEUED).update(
            state=Outgoing.State.FAILED, finished_at=clock.now()
        )
    if done:
        audit(
            actor=actor,
            action="group on" if on else "group off",
            subject=audit_subject(channel),
            changes={"on": [not on, on]},
        )
    return bool(done)


def channel_test(*, actor: Any, channel: GroupChannel) -> tuple[str, str]:
    """Say a word in a group now; returns the outcome and, where it was refused, why."""
    outcome, why = Outcome.SENT, ""
    try:
        sending.channel_send(channel, _("This group is told when something waits."))
    except Refused as refused:
        outcome, why = Outcome.REFUSED, str(refused)
    except Unsure:
        outcome = Outcome.UNSURE
    channel_outcome_keep(channel, outcome)
    audit(
        actor=actor,
        action="group test",
        subject=audit_subject(channel),
        changes={"outcome": outcome.value},
    )
    return outcome, why


def preference_set(*, person: Person, email: bool, rhythm: str) -> Preference:
    """How somebody wants to hear of what waits."""
    wish, _new = Preference.objects.update_or_create(
        person=person, defaults={"email": email, "rhythm": rhythm}
    )
    return wish
