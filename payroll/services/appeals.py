"""Appeals: filed, talked over, decided (PAY-3). The ledger follows a granted one at the close."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.services import in_place
from core import clock
from core.db import lock_shared
from core.services import audit, audit_subject
from core.templatetags.house import moment
from payroll.charging import chargers_of, party_of
from payroll.models import Appeal, AppealMessage, Entry, PayMonth
from payroll.reviewing import objecting_refused, objections_from
from payroll.rules.appeals import decider_of
from payroll.services.evidence import evidence_keep
from payroll.services.telling import decision_tell, filed_tell, message_tell
from payroll.services.waivers import close_follow, waiver_grant

State = Appeal.State


class AppealRefused(Exception):
    """It cannot be done; the message says why, in the reader's language."""


class ChangedMeanwhile(AppealRefused):
    """Somebody else was first; the message says who, and what came of it."""


@transaction.atomic
def appeal_file(
    *, entry: Entry, text: str, token: UUID, files: Iterable[Any] = (), actor: Any = None
) -> Appeal:
    """Object to a line of one's own statement. The same form sent twice files one appeal.

    `entry` is the salesperson's own. Within the open month, or within the window of its draft
    (PAY-3, PAY-2). Raises `AppealRefused`, and `FileRefused` for a file that is not kept.
    """
    if filed := Appeal.objects.filter(token=token, filed_by=actor).first():
        return filed
    if not text.strip():
        raise AppealRefused(_("Say what is wrong with the line."))
    # The month is held: no final can come between what is looked at here and the appeal.
    months = PayMonth.objects.filter(month=entry.pay_month)
    lock_shared(months)
    now = clock.now()
    if refused := objecting_refused(months.first(), now):
        raise AppealRefused(refused)
    if entry.person is None:
        raise AppealRefused(_("Only a line of your own statement can be objected to."))
    appeal = Appeal(
        person=entry.person,
        entry=entry,
        key=entry.key,
        for_month=entry.for_month,
        pay_month=entry.pay_month,
        text=text.strip(),
        goes_to=decider_of(party_of(entry.person), chargers_of(entry)).value,
        token=token,
        filed_at=now,
        filed_by=actor,
        deadline=_decide_by(now),
    )
    try:
        with transaction.atomic():
            appeal.save(force_insert=True)
    except IntegrityError:
        return _filed_already(entry, token, actor)
    evidence_keep(files=files, owner=appeal.pk, actor=actor)
    audit(
        actor=actor,
        action="appeal",
        subject=audit_subject(appeal),
        changes={"text": [None, appeal.text], "state": [None, appeal.state]},
    )
    filed_tell(appeal=appeal, actor=actor)
    return appeal


def _decide_by(filed_at: datetime) -> datetime:
    """The last minute of the last of as many workdays as there are to object."""
    return clock.end_of(objections_from(clock.local_date(filed_at))) - timedelta(minutes=1)


def _filed_already(entry: Entry, token: UUID, actor: Any) -> Appeal:
    if filed := Appeal.objects.filter(token=token, filed_by=actor).first():
        return filed
    raise AppealRefused(_("You have objected to this line already; it is being looked at."))


@transaction.atomic
def appeal_say(
    *,
    appeal: Appeal,
    text: str,
    token: UUID,
    files: Iterable[Any] = (),
    asks: bool = False,
    actor: Any = None,
) -> AppealMessage:
    """Add a word to the talk. With `asks` the salesperson is to answer; the answer opens it again.

    The same form sent twice says it once. Raises `AppealRefused` once it is decided.
    """
    if said := AppealMessage.objects.filter(token=token, author=actor).first():
        return said
    if not text.strip():
        raise AppealRefused(_("Write something."))
    is_hers = actor is not None and actor.person_id == appeal.person_id
    state = State.OPEN if is_hers else State.RETURNED if asks else appeal.state
    _change(appeal, state=state)
    message = AppealMessage.objects.create(
        appeal=appeal, author=actor, text=text.strip(), token=token
    )
    evidence_keep(files=files, owner=appeal.pk, actor=actor)
    audit(
        actor=actor,
        action="appeal says",
        subject=audit_subject(appeal),
        changes={
            "text": [None, message.text],
            "state": [appeal.state, state],
            **({} if is_hers else in_place(actor, appeal.goes_to)),
        },
    )
    message_tell(appeal=appeal, message=message, actor=actor)
    return message


@transaction.atomic
def appeal_decide(*, appeal: Appeal, grant: bool, reply: str, actor: Any) -> Appeal:
    """Grant or refuse an appeal as it was seen, with the reason.

    Granted, what was taken is waived in the same transaction and a close is asked for. Money that
    was given too low cannot be waived into being right: its facts are corrected by whoever keeps
    them, and the close follows those. Raises `ChangedMeanwhile` for who comes second.
    """
    if not reply.strip():
        raise AppealRefused(_("A decision needs its reason."))
    state = State.GRANTED if grant else State.REFUSED
    _change(appeal, state=state, reply=reply.strip(), decided_by=actor, decided_at=clock.now())
    audit(
        actor=actor,
        action=f"appeal {state}",
        subject=audit_subject(appeal),
        changes={
            "state": [appeal.state, state],
            "reply": [None, reply.strip()],
            **in_place(actor, appeal.goes_to),
        },
    )
    if grant and is_taken(appeal.entry):
        _forgive(appeal, reply=reply, actor=actor)
    decided = Appeal.objects.get(pk=appeal.pk)
    decision_tell(appeal=decided, actor=actor)
    return decided


def is_taken(entry: Entry) -> bool:
    """Whether an entry takes something from the salesperson that can be forgiven."""
    return entry.on_pay < 0 and entry.rule != "PAY-6"


def _forgive(appeal: Appeal, *, reply: str, actor: Any) -> None:
    # Excused or corrected in the meantime, there is nothing left to forgive.
    if Entry.objects.standing().filter(key=appeal.key).exists():
        waiver_grant(key=appeal.key, reason=reply, actor=actor)
    close_follow(month=appeal.for_month, actor=actor)


@transaction.atomic
def appeal_withdraw(*, appeal: Appeal, actor: Any) -> Appeal:
    """The salesperson lets it be. Raises `ChangedMeanwhile` when it was decided before."""
    _change(appeal, state=State.WITHDRAWN, decided_by=actor, decided_at=clock.now())
    audit(
        actor=actor,
        action="appeal withdrawn",
        subject=audit_subject(appeal),
        changes={"state": [appeal.state, State.WITHDRAWN]},
    )
    return Appeal.objects.get(pk=appeal.pk)


def _change(appeal: Appeal, **values: Any) -> None:
    """Change an undecided appeal that is still as it was seen, or say what it has become."""
    seen = Appeal.objects.undecided().filter(
        pk=appeal.pk, state=appeal.state, version=appeal.version
    )
    if seen.update(version=appeal.version + 1, **values) != 1:
        raise ChangedMeanwhile(_what_it_became(appeal))


def _what_it_became(appeal: Appeal) -> str:
    now = Appeal.objects.select_related("decided_by__person").get(pk=appeal.pk)
    if now.is_undecided:
        return _("Something was added meanwhile; look again.")
    who: Any = now.decided_by
    return _("%(who)s was first: %(state)s at %(when)s. %(reply)s") % {
        "who": who.get_full_name() if who else "—",
        "state": now.get_state_display(),
        "when": moment(now.decided_at),
        "reply": now.reply,
    }
