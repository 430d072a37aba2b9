"""Every write on the notice board (NOTE-1)."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Person
from accounts.services import in_place
from core import clock
from core.files.reading import ReadFile
from core.files.services import file_keep
from core.services import audit
from notices.models import BoardAudience, BoardNotice, BoardReading, BoardVersion, Notice
from notices.querysets.board import WRITE_ON_BOARD, readers_of
from notices.services.inbox import notice_send

ATTACHED = "notice"  # the kind of files that hang with a notice
TOLD = gettext_noop("Notice board: %(title)s")
SAYS = ("title", "text", "to_all", "shown_from", "shown_until", "pinned", "to_confirm")


class ChangedMeanwhile(Exception):
    """Somebody else changed it since the form was opened; the message is for the reader."""


@dataclass(frozen=True, slots=True)
class BoardText:
    """What a notice says: teams and roles are whom it is for; with neither, for everybody."""

    title: str
    text: str
    teams: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    shown_from: datetime | None = None
    shown_until: datetime | None = None
    pinned: bool = False
    to_confirm: bool = False

    def fields(self, shown_from: datetime) -> dict[str, Any]:
        return {
            "title": self.title,
            "text": self.text,
            "to_all": not (self.teams or self.roles),
            "shown_from": self.shown_from or shown_from,
            "shown_until": self.shown_until,
            "pinned": self.pinned,
            "to_confirm": self.to_confirm,
        }

    def audience(self) -> list[tuple[str, str]]:
        return [("team", team) for team in self.teams] + [("role", role) for role in self.roles]

    def as_kept(self) -> dict[str, Any]:
        said = asdict(self)
        for name in ("shown_from", "shown_until"):
            said[name] = said[name].isoformat() if said[name] else None
        return {name: said[name] for name in said if name not in ("title", "text")}


def board_subject(notice: BoardNotice) -> str:
    """What the audit trail calls a notice: its title may change, and two may have the same."""
    return f"boardnotice {notice.pk}"


@transaction.atomic
def board_post(
    *,
    actor: Any,
    said: BoardText,
    form_key: uuid.UUID | None = None,
    files: Sequence[ReadFile] = (),
) -> BoardNotice:
    """Hang a notice on the board, and tell its readers at once, or when its day comes.

    A form sent twice (`form_key`) hangs up one notice. Raises `FileRefused` for a file that is
    not kept: then nothing is hung up.
    """
    notice, new = BoardNotice.objects.get_or_create(
        form_key=form_key or uuid.uuid4(),
        defaults={"made_by": actor, **said.fields(clock.now())},
    )
    if not new:
        return notice
    _keep(notice, said, actor)
    audit(
        actor=actor,
        action="board post",
        subject=board_subject(notice),
        changes={
            "title": said.title,
            **said.as_kept(),
            **_attach(notice, files, actor),
            **in_place(actor, *WRITE_ON_BOARD),
        },
    )
    _tell(notice)
    return notice


@transaction.atomic
def board_change(
    *,
    actor: Any,
    notice: BoardNotice,
    version: int,
    said: BoardText,
    tell_again: bool = False,
    files: Sequence[ReadFile] = (),
) -> BoardNotice:
    """Give a notice a new version; the old ones are kept. It is to be read again.

    `files` join those that hang with it. Raises `ChangedMeanwhile` where `version` is not the one
    that stands, or it was withdrawn; `FileRefused` for a file that is not kept.
    """
    before = _locked(notice, version)
    changed = BoardNotice.objects.filter(pk=notice.pk, version=version, withdrawn_at=None).update(
        version=version + 1,
        told_at=None if tell_again else before.told_at,
        **said.fields(before.shown_from),
    )
    if changed != 1:
        raise ChangedMeanwhile(_("Somebody else has changed the notice meanwhile."))
    after = BoardNotice.objects.get(pk=notice.pk)
    for_whom = [_for_whom(after)]
    after.audience.all().delete()
    _keep(after, said, actor)
    for_whom.append(_for_whom(after))
    audit(
        actor=actor,
        action="board change",
        subject=board_subject(after),
        changes={
            **{
                name: [str(getattr(before, name)), str(getattr(after, name))]
                for name in SAYS
                if getattr(before, name) != getattr(after, name)
            },
            **({"for": for_whom} if for_whom[0] != for_whom[1] else {}),
            **_attach(after, files, actor),
            **in_place(actor, *WRITE_ON_BOARD),
        },
    )
    _tell(after)
    return after


def _attach(notice: BoardNotice, files: Sequence[ReadFile], actor: Any) -> dict[str, Any]:
    """Hang files with a notice; says what is to be told of it in the audit trail."""
    kept = [
        file_keep(upload=read, actor=actor, kind=ATTACHED, owner=str(notice.pk)) for read in files
    ]
    return {"files": [file.name for file in kept]} if kept else {}


def _for_whom(notice: BoardNotice) -> str:
    return ", ".join(sorted(f"{each.kind} {each.value}" for each in notice.audience.all()))


def _locked(notice: BoardNotice, version: int) -> BoardNotice:
    row = BoardNotice.objects.select_for_update().get(pk=notice.pk)
    if row.version != version or row.withdrawn_at:
        raise ChangedMeanwhile(_("Somebody else has changed the notice meanwhile."))
    return row


def _keep(notice: BoardNotice, said: BoardText, actor: Any) -> None:
    BoardAudience.objects.bulk_create(
        BoardAudience(notice=notice, kind=kind, value=value) for kind, value in said.audience()
    )
    BoardVersion.objects.create(
        notice=notice,
        version=notice.version,
        title=notice.title,
        text=notice.text,
        said=said.as_kept(),
        by=actor,
    )


@transaction.atomic
def board_withdraw(*, actor: Any, notice: BoardNotice, version: int, why: str) -> None:
    """Take a notice from the board, with the reason; it is kept, and its readers' unread word of
    it is put away. Raises `ChangedMeanwhile`."""
    now = clock.now()
    changed = BoardNotice.objects.filter(pk=notice.pk, version=version, withdrawn_at=None).update(
        withdrawn_at=now, withdrawn_by=actor, withdrawn_why=why, version=version + 1
    )
    if changed != 1:
        raise ChangedMeanwhile(_("Somebody else has changed the notice meanwhile."))
    Notice.objects.filter(key__startswith=f"board/{notice.pk}/", read_at=None).update(
        read_at=now, archived_at=now
    )
    audit(
        actor=actor,
        action="board withdraw",
        subject=board_subject(notice),
        changes={"withdrawn_why": ["", why], **in_place(actor, *WRITE_ON_BOARD)},
    )


@transaction.atomic
def board_open(*, notice: BoardNotice, person: Person) -> BoardReading:
    """Somebody opens a notice: that is its receipt, and the bell rings for it no more."""
    reading, _new = BoardReading.objects.get_or_create(
        notice=notice, person=person, version=notice.version
    )
    Notice.objects.filter(
        person=person, key__startswith=f"board/{notice.pk}/", read_at=None
    ).update(read_at=clock.now())
    return reading


@transaction.atomic
def board_confirm(*, notice: BoardNotice, person: Person, version: int) -> bool:
    """Somebody says that they have read a notice. Says whether it was news.

    Raises `ChangedMeanwhile` where there is a newer version: what was read is not what stands.
    """
    if not BoardNotice.objects.filter(pk=notice.pk, version=version, withdrawn_at=None).exists():
        raise ChangedMeanwhile(_("The notice has been changed meanwhile: read it again."))
    reading = board_open(notice=notice, person=person)
    news = BoardReading.objects.filter(pk=reading.pk, confirmed_at=None).update(
        confirmed_at=clock.now()
    )
    return bool(news)


def board_tell() -> int:
    """Tell of the notices whose day has come; returns how many notices were told of."""
    waiting: Iterable[BoardNotice] = BoardNotice.objects.shown(clock.now()).filter(told_at=None)
    return sum(_tell(notice) for notice in waiting)


@transaction.atomic
def _tell(notice: BoardNotice) -> bool:
    """Tell the readers of a notice that hangs there now; of two at once, one does."""
    now = clock.now()
    to_tell = BoardNotice.objects.shown(now).filter(pk=notice.pk, told_at=None)
    if not to_tell.update(told_at=now):
        return False
    notice_send(
        people=readers_of(notice),
        key=f"board/{notice.pk}/{notice.version}",
        text=TOLD,
        values={"title": notice.title},
        url=reverse("board_notice", args=[notice.pk]),
    )
    return True
