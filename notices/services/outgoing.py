"""What waits to leave the house leaves it (adr/0016).

All that waits for one group or person is reserved, then sent as one message, then marked. Whoever
dies between sending and marking leaves it reserved: it is not sent again, but shown as perhaps
sent. What was refused is tried again, after a growing pause.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock
from core.jobs import Running
from notices import sending
from notices.models import GroupChannel, Outgoing
from notices.rules import next_try
from notices.sending import Refused, Unsure

log = logging.getLogger(__name__)
LOST_AFTER = timedelta(minutes=15)
State = Outgoing.State
Outcome = GroupChannel.Outcome


@dataclass
class Sent:
    """What a run came to: messages sent, refused, and of which nobody knows."""

    sent: int = 0
    refused: int = 0
    unsure: int = 0


def outgoing_go_on(*, running: Running) -> None:
    """The job: all that is ready, and what was left behind by who died."""
    sent = outgoing_send()
    running.finish(outcome={"sent": sent.sent, "refused": sent.refused, "unsure": sent.unsure})


def outgoing_send() -> Sent:
    """Send what is ready, one message a group or person. Run twice or by two at once, each thing
    goes out once."""
    now, result = clock.now(), Sent()
    result.unsure += _give_up_lost(now)
    ready = Outgoing.objects.ready(now)
    groups = ready.filter(channel__on=True).order_by("channel").values_list("channel", flat=True)
    for channel in GroupChannel.objects.in_bulk(set(groups)).values():
        _send_group(channel, result)
    _send_mails(now, result)
    return result


def _give_up_lost(now: datetime) -> int:
    """What was reserved long ago by who died: perhaps sent, and not to be sent twice."""
    lost = Outgoing.objects.lost(now - LOST_AFTER)
    channels = set(lost.filter(channel__isnull=False).values_list("channel", flat=True))
    given_up = lost.update(state=State.UNSURE, finished_at=now)
    if given_up:
        log.warning("%s messages were perhaps sent: who sent them did not say", given_up)
        GroupChannel.objects.filter(pk__in=channels).update(
            last_outcome=Outcome.UNSURE, last_at=now
        )
    return given_up


@dataclass
class _Reserved:
    """What one message is about, in our hands."""

    token: uuid.UUID = field(default_factory=uuid.uuid4)
    count: int = 0

    def take(self, **of: Any) -> int:
        """Reserve all that is ready of one group or person; what another has is not ours."""
        now = clock.now()
        ready = Outgoing.objects.ready(now).filter(**of)
        self.count = ready.update(
            state=State.SENDING,
            reserved_at=now,
            reserved_by=self.token,
            attempt=F("attempt") + 1,
        )
        return self.count

    def finish(self, state: str) -> None:
        self._ours().update(state=state, finished_at=clock.now())

    def put_back(self) -> None:
        """It was refused: each row waits as long as its own attempts say, or is given up."""
        now = clock.now()
        with transaction.atomic():
            attempts = set(self._ours().values_list("attempt", flat=True))
            for attempt in attempts:
                at = next_try(now, attempt=attempt)
                rows = self._ours().filter(attempt=attempt)
                if at is None:
                    rows.update(state=State.FAILED, finished_at=now)
                else:
                    rows.update(state=State.QUEUED, next_try_at=at, reserved_by=None)

    def _ours(self) -> Any:
        return Outgoing.objects.filter(reserved_by=self.token, state=State.SENDING)


def _carry(reserved: _Reserved, send: Callable[[], None], result: Sent) -> str:
    """Send one message that was reserved, and mark what came of it."""
    try:
        send()
    except Refused as refused:
        log.warning("a message was refused: %s", refused)
        reserved.put_back()
        result.refused += 1
        return Outcome.REFUSED
    except Unsure as unsure:
        log.warning("a message was perhaps sent: %s", unsure)
        reserved.finish(State.UNSURE)
        result.unsure += 1
        return Outcome.UNSURE
    reserved.finish(State.SENT)
    result.sent += 1
    return Outcome.SENT


def _send_group(channel: GroupChannel, result: Sent) -> None:
    reserved = _Reserved()
    # By a list of channels and not by a join: PostgreSQL would look for the rows first and change
    # those it found, whatever another had made of them while it waited.
    switched_on = GroupChannel.objects.filter(pk=channel.pk, on=True)
    if not reserved.take(channel__in=switched_on):
        return
    text = waiting_text(reserved.count)
    outcome = _carry(reserved, lambda: sending.channel_send(channel, text), result)
    channel_outcome_keep(channel, outcome)


def channel_outcome_keep(channel: GroupChannel, outcome: str) -> None:
    GroupChannel.objects.filter(pk=channel.pk).update(last_outcome=outcome, last_at=clock.now())


def waiting_text(count: int) -> str:
    """All that leaves the house: how many things wait, and where; in the company's language."""
    with translation.override(settings.LANGUAGE_CODE):
        said = ngettext(
            "%(count)s thing waits in the sales system.",
            "%(count)s things wait in the sales system.",
            count,
        ) % {"count": count}
        return f"{said}\n{settings.PUBLIC_URL}{reverse('notices')}"


def _send_mails(now: datetime, result: Sent) -> None:
    ready = Outgoing.objects.ready(now).filter(person__isnull=False)
    people = set(ready.order_by().values_list("person", flat=True))
    if not people or not settings.EMAIL_LEAVES:
        return
    addresses = dict(
        User.objects.filter(is_active=True, person__isnull=False)
        .exclude(email="")
        .values_list("person", "email")
    )
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Something waits for you in the sales system")
    connection: Any = get_connection()
    try:
        for person in sorted(people):
            reserved = _Reserved()
            if not reserved.take(person=person):
                continue
            if person not in addresses:
                reserved.finish(State.FAILED)
                continue
            mail = EmailMessage(
                subject, waiting_text(reserved.count), to=[addresses[person]], connection=connection
            )
            _carry(reserved, lambda mail=mail: _mail(mail), result)  # type: ignore[misc]
    finally:
        connection.close()


def _mail(mail: EmailMessage) -> None:
    """Hand a message to the mail server. Whatever it does not take is tried again: a connection
    that breaks in the middle of the message is rare, and a mail twice is no harm."""
    try:
        mail.send()
    except (OSError, SMTPException, ValueError) as error:
        raise Refused(type(error).__name__) from None


def is_anything_ready(now: datetime) -> bool:
    """Whether the job has something to do."""
    lost = Q(state=State.SENDING, reserved_at__lt=now - LOST_AFTER)
    ready = Q(state=State.QUEUED, next_try_at__lte=now)
    if not settings.EMAIL_LEAVES:
        ready &= Q(person=None)
    return Outgoing.objects.filter(lost | ready).exists()
