"""Nobody is judged unheard: the hearing begins, and whom it is about replies (DIS-1)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.cases.rules import reply_by
from conduct.cases.services.keeping import (
    HEARING,
    CaseRefused,
    files_keep,
    meanwhile,
    must_say,
    proceeding_change,
    written,
)
from conduct.cases.services.telling import hearing_tell, reply_tell
from conduct.models import Proceeding, Subject
from core import clock
from core.files.reading import ReadFile
from policy.querysets import policy_book, workdays

State = Proceeding.State


@transaction.atomic
def hearing_begin(*, row: Proceeding, actor: Any) -> Proceeding:
    """From now on those it is about see the case, and can reply for so many workdays (DIS-1).

    Begun twice it has begun once. Raises `ChangedMeanwhile`.
    """
    if row.state == State.HEARING:
        return row
    if row.state != State.REPORTED:
        raise meanwhile()
    until = reply_by(clock.today(), workdays(), policy_book())
    now = proceeding_change(row, state=State.HEARING, hearing_at=clock.now(), hearing_until=until)
    written(now, "case heard", actor, now.goes_to, hearing_until=[None, str(until)])
    hearing_tell(row=now, actor=actor)
    return now


@transaction.atomic
def hearing_reply(
    *, subject: Subject, text: str, files: Iterable[ReadFile] = (), token: UUID, actor: Any
) -> Subject:
    """Somebody says their side, once. After the last day it still counts, as long as nothing was
    decided of them. The same form sent twice is one reply. Raises `CaseRefused`, `FileRefused`."""
    said = must_say(text, _("Write what you say to it."))
    # The case is held: no decision comes between what is looked at and the reply.
    row = Proceeding.objects.select_for_update().get(pk=subject.proceeding_id)
    now = Subject.objects.select_related("person").get(pk=subject.pk)
    if now.reply_token == token:
        return now
    if row.state != State.HEARING or hasattr(now, "verdict"):
        raise CaseRefused(_("There is nothing to reply to now."))
    waiting = Subject.objects.filter(pk=subject.pk, replied_at=None)
    if waiting.update(reply=said, replied_at=clock.now(), reply_token=token) != 1:
        raise CaseRefused(_("You have replied already."))
    # Who decides on what they saw before is told to look again.
    Proceeding.objects.filter(pk=row.pk).update(version=row.version + 1)
    files_keep(kind=HEARING, owner=subject.pk, files=files, actor=actor)
    written(row, "case reply", actor)
    now = Subject.objects.select_related("person", "proceeding").get(pk=subject.pk)
    reply_tell(subject=now, actor=actor)
    return now
