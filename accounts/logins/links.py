"""One-time links: made by personnel or sent by letter, used once by whoever holds them."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.backends import login_named
from accounts.logins.devices import digest, sessions_forget
from accounts.logins.limiter import guesses_clear
from accounts.logins.permissions import can_link
from accounts.logins.subjects import login_subject
from accounts.models import AccessLink, Device, Person, User
from core import clock
from core.services import audit

LASTS = {
    AccessLink.Kind.PERSONNEL: timedelta(days=7),
    AccessLink.Kind.LETTER: timedelta(hours=1),
}
AT_ONCE = 500  # links made in one go: as many slips are drawn and printed

EMAIL_TAKEN = gettext_lazy("This e-mail address cannot be used here. Ask personnel.")


@dataclass(frozen=True, slots=True)
class Slip:
    """A link made just now. Its token is known here and nowhere else."""

    person: Person
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody for whom no link was made, and why."""

    person: Person
    reason: Any


class LinkGone(Exception):
    """The link was used, has expired, was withdrawn, or never was: all the same to its holder."""


class EmailTaken(Exception):
    """Another login has this address."""


def _signer() -> Signer:
    return Signer(salt="accounts.link")


def links_make(
    *, actor: User, people: Iterable[Person], seen: int, emails: Mapping[int, str] | None = None
) -> list[Slip | Refused]:
    """Make a link for each, or say why not. Makes the account where there is none.

    Old links, sessions and the old password end. `seen` is the newest link (its id) that whoever
    asks has seen: for a person who was given a later one nothing is made, so that a form sent
    twice makes one link.
    """
    return [
        _link_for(actor=actor, person=person, seen=seen, email=(emails or {}).get(person.pk, ""))
        for person in people
    ]


def _link_for(*, actor: User, person: Person, seen: int, email: str) -> Slip | Refused:
    if not (allowed := can_link(actor, person)):
        return Refused(person, allowed.reason)
    try:
        with transaction.atomic():
            user = _login_of(person)
            later = user.links.filter(kind=AccessLink.Kind.PERSONNEL, pk__gt=seen)
            if later.exists():
                return Refused(person, _("A link was made meanwhile."))
            _lock_out(user, email)
            slip = _slip(user=user, person=person, kind=AccessLink.Kind.PERSONNEL, actor=actor)
            audit(actor=actor, action="login link", subject=login_subject(person), changes={})
            return slip
    except IntegrityError:
        # The address is another's, or the same form came twice at once.
        return Refused(person, _("The e-mail address is another's, or a link was made meanwhile."))


def _login_of(person: Person) -> User:
    User.objects.get_or_create(username=person.employee_no, defaults={"person": person})
    return User.objects.select_for_update(of=("self",)).select_related("person").get(person=person)


def _lock_out(user: User, email: str) -> None:
    """Nothing that opened the account before does so any longer."""
    user.set_unusable_password()
    user.email = email or user.email
    user.save(update_fields=["password", "email"])
    User.objects.filter(pk=user.pk).update(sign_outs=F("sign_outs") + 1)
    sessions_forget(user=user)
    Device.objects.filter(user=user).delete()
    guesses_clear(user=user)
    user.links.filter(state=AccessLink.State.OPEN).update(state=AccessLink.State.WITHDRAWN)


def _slip(*, user: User, person: Person, kind: AccessLink.Kind, actor: User | None) -> Slip:
    secret, now = secrets.token_urlsafe(24), clock.now()
    user.links.filter(kind=kind, state=AccessLink.State.OPEN).update(
        state=AccessLink.State.WITHDRAWN
    )
    link = AccessLink.objects.create(
        user=user,
        kind=kind,
        digest=digest(secret),
        made_by=actor,
        made_at=now,
        expires_at=now + LASTS[kind],
    )
    return Slip(person, _signer().sign(secret), link.expires_at)


def letter_link(*, email: str) -> Slip | None:
    """A link to send to an address, where somebody who works here has it. Ends nothing by itself:
    whoever knows an address could sign others out.
    """
    user = login_named(email) if "@" in email else None
    if user is None or user.person is None or user.person.has_left or not user.is_active:
        return None
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        return _slip(user=user, person=user.person, kind=AccessLink.Kind.LETTER, actor=None)


def link_open(token: str) -> AccessLink:
    """The link that a token opens. Raises `LinkGone`."""
    try:
        secret = _signer().unsign(token)
    except BadSignature:
        raise LinkGone from None
    link = (
        AccessLink.objects.select_related("user__person")
        .filter(digest=digest(secret), state=AccessLink.State.OPEN, expires_at__gt=clock.now())
        .first()
    )
    if link is None or not link.user.is_active or _has_left(link.user):
        raise LinkGone
    return link


def _has_left(user: User) -> bool:
    return user.person is None or user.person.has_left


def link_use(*, token: str, password: str, email: str) -> User:
    """Set the password with a link; sessions from before end, and so do the person's other links.

    Raises `LinkGone` (also for the second of two at once) and `EmailTaken`; the link is then as
    it was.
    """
    link = link_open(token)
    with transaction.atomic():
        used = AccessLink.objects.filter(
            pk=link.pk, state=AccessLink.State.OPEN, expires_at__gt=clock.now()
        ).update(state=AccessLink.State.USED)
        if used != 1:
            raise LinkGone
        user = link.user
        user.links.filter(state=AccessLink.State.OPEN).update(state=AccessLink.State.WITHDRAWN)
        email_set(user=user, email=email)
        user.set_password(password)
        user.save(update_fields=["password"])
        sessions_forget(user=user)
        audit(
            actor=user,
            action="password by link",
            subject=login_subject(user),
            changes={},
        )
    return user


def email_set(*, user: User, email: str) -> None:
    """Set or take away the address one signs in with. Raises `EmailTaken`."""
    before, user.email = user.email, email
    if before == email:
        return
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
            audit(
                actor=user,
                action="e-mail",
                subject=login_subject(user),
                changes={"email": [before, email]},
            )
    except IntegrityError:
        user.email = before
        raise EmailTaken from None


def password_change(*, user: User, password: str, own_session: str) -> None:
    """A new password; all sessions but one's own end (the caller keeps that one signed in)."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        user.links.filter(state=AccessLink.State.OPEN).update(state=AccessLink.State.WITHDRAWN)
        sessions_forget(user=user, but=own_session)
        audit(actor=user, action="password", subject=login_subject(user), changes={})
