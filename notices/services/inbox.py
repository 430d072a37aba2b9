"""Telling people, and what they do with it."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce

from accounts.models import Person, User
from core import clock
from core.services import audit
from notices.models import GroupChannel, Notice, Outgoing, Preference
from notices.rules import first_try

BATCH = 500


@transaction.atomic
def notice_send(
    *,
    people: Iterable[Person],
    key: str,
    text: str,
    values: Mapping[str, Any],
    url: str,
    due: datetime | None = None,
    actor: Any = None,
) -> int:
    """Tell people of one thing, each once for a `key`, however often this is called.

    `text` is marked with `gettext_noop` and is translated, with `values` put in, for whoever reads
    it; `url` is an address of the program's own. Runs in the caller's transaction: what is rolled
    back was not told. Returns how many were told now. Groups and e-mail are told by the job
    `outgoing`, only that something waits: nothing of text and values leaves the house.

    The number of statements hangs on no number of people, but by the batch. Raises `ValueError`
    for an address of another house, or a text with characters that no database keeps.
    """
    told = tell(
        Telling(person, key, text, values, url, due)
        for person in {person.pk: person for person in people}.values()
    )
    if told and actor is not None:
        audit(
            actor=actor,
            action="tell",
            subject=f"notice {key}",
            changes={"people": told, "text": text},
        )
    return told


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing that one person is to be told."""

    person: Person
    key: str
    text: str
    values: Mapping[str, Any]
    url: str
    due: datetime | None = None


@transaction.atomic
def tell(tellings: Iterable[Telling]) -> int:
    """Tell many people of many things, each of each once; returns how many were new."""
    wanted = {(each.person.pk, each.key): each for each in tellings}
    for each in wanted.values():
        _check(each.key, each.text, each.url)
    sending, now = uuid.uuid4(), clock.now()
    Notice.objects.bulk_create(
        [
            Notice(
                person=each.person,
                key=each.key,
                text=each.text,
                values=dict(each.values),
                url=each.url,
                due=each.due,
                at=now,
                sending=sending,
            )
            for each in wanted.values()
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    # Of two who tell at once, each goes on with what it wrote itself.
    mine = Notice.objects.filter(sending=sending).values_list("person_id", "key")
    new = [wanted[pair] for pair in sorted(mine)] if wanted else []
    if new:
        _queue(new, now)
    return len(new)


def _check(key: str, text: str, url: str) -> None:
    if not url.startswith("/") or url.startswith(("//", "/\\")):
        raise ValueError("a notice leads to an address of the program")
    if any("\0" in part for part in (key, text, url)):
        raise ValueError("no NUL in a notice")


def _queue(new: Sequence[Telling], now: datetime) -> None:
    """What is to leave the house: a row for each group and thing, one for each person and thing."""
    channels = list(GroupChannel.objects.filter(on=True))
    groups = {
        (channel.pk, each.key)
        for each in new
        for channel in channels
        if channel.concerns(each.person)
    }
    rows = [
        Outgoing(channel_id=channel, key=key, made_at=now, next_try_at=now)
        for channel, key in sorted(groups)
    ]
    if settings.EMAIL_LEAVES:
        first = _first_mails(now)
        rows += [
            Outgoing(
                person=each.person, key=each.key, made_at=now, next_try_at=first[each.person.pk]
            )
            for each in new
            if each.person.pk in first
        ]
    Outgoing.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


def _first_mails(now: datetime) -> dict[int, datetime]:
    """Who has an address and wants e-mail, and when it goes out to them."""
    wishes = {row.person_id: row for row in Preference.objects.all()}
    reached = User.objects.filter(is_active=True, person__isnull=False).exclude(email="")
    found = {}
    for person in reached.values_list("person_id", flat=True):
        wish = wishes.get(person)
        if wish is None or wish.email:
            daily = wish is not None and wish.rhythm == Preference.Rhythm.DAILY
            found[person] = first_try(now, daily=daily)
    return found


def notice_read(*, notice: Notice) -> bool:
    """Somebody has read a notice of their own; says whether it was new to them."""
    changed = Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=clock.now())
    return bool(changed)


def notices_read_all(*, person: Person) -> int:
    """Somebody has read all that stands in their inbox; returns how many were unread."""
    return Notice.objects.filter(person=person, read_at=None).update(read_at=clock.now())


def notice_archive(*, notice: Notice) -> bool:
    """Put a notice of one's own away; what is put away counts as read."""
    now = clock.now()
    kept = Notice.objects.filter(pk=notice.pk, archived_at=None)
    return bool(kept.update(archived_at=now, read_at=Coalesce("read_at", now)))
