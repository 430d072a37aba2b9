"""The one limiter: every guess is counted in the database before it is looked at.

Counted first, so that a hundred at once are a hundred; taken back when it was right.
"""

from datetime import timedelta
from typing import Any

from axes.handlers.base import AxesHandler
from django.db.models import Q
from django.http import HttpRequest

from accounts.backends import login_named, typed_name
from accounts.logins.devices import device_of
from accounts.logins.rules import DAY, LONGEST, PASSWORD, Guess, guess_wait
from accounts.models import Device, GuessRow, User
from core import clock
from core.addresses import client_address


def guess_charge(*, request: HttpRequest, account: str, kind: str) -> timedelta:
    """Count a guess at an account; nothing when it may be made, else how long to wait first.

    `account` is what was typed, and need not exist: the answer is the same. A guess that is
    refused is not counted, so that waiting always helps.
    """
    user = login_named(account)
    row = _row(request, user, account, kind)
    row.save(force_insert=True)
    about = Q(account=row.account) | Q(address=row.address)
    recent = GuessRow.objects.filter(about, kind=kind, at__gt=row.at - LONGEST)
    earlier = [_guess(it) for it in recent.exclude(pk=row.pk)]
    wait = guess_wait(_guess(row), earlier)
    if wait:
        GuessRow.objects.filter(pk=row.pk).delete()
    return wait


def guesses_forget(*, request: HttpRequest, user: User) -> None:
    """After a right one: what was tried from here at this account no longer counts.

    What was tried from here at others still does: an account of one's own pays for no guesses.
    """
    device, address = device_of(request), client_address(request)
    here = Q(address=address, device="") | Q(device=device) if device else Q(address=address)
    GuessRow.objects.filter(here, account__in=_names(user)).delete()
    GuessRow.objects.filter(at__lt=clock.now() - DAY).delete()


def guess_take_back(*, request: HttpRequest, account: str, kind: str) -> None:
    """What was counted from here at this account was right after all: it counts no longer."""
    here = GuessRow.objects.filter(address=client_address(request), account=_key(account))
    here.filter(kind=kind).delete()


def guesses_clear(*, user: User) -> None:
    """Nobody's tries at this account count any longer (personnel vouches for the person)."""
    GuessRow.objects.filter(account__in=_names(user)).delete()


def _row(request: HttpRequest, user: User | None, typed: str, kind: str) -> GuessRow:
    device, address = device_of(request), client_address(request)
    # Asked also where there is no such login: the answer must not come sooner.
    known = list(
        Device.objects.filter(user_id=user.pk if user else 0)
        .filter(Q(device=device) | Q(address=address))
        .values_list("device", flat=True)
    )
    return GuessRow(
        at=clock.now(),
        kind=kind,
        account=_key(typed),
        address=address,
        device=device if device in known else "",
        stranger=not known,
    )


def _key(typed: str) -> str:
    """What was typed, and not whose it is: else five tries at an e-mail address would tell, by
    what is kept waiting then, that it is somebody's, and whose.
    """
    return typed_name(typed).casefold()[:254]


def _names(user: User) -> list[str]:
    return [_key(name) for name in (user.username, user.email) if name]


def _guess(row: GuessRow) -> Guess:
    return Guess(row.at, row.kind, row.account, row.address, row.device, row.stranger)


class SignInHandler(AxesHandler):
    """What django-axes asks before any password is looked at, whichever page sends it."""

    def is_allowed(self, request: Any, credentials: dict[str, Any] | None = None) -> bool:
        """Leaves on the request how long to wait, for the page to say."""
        typed = str((credentials or {}).get("username") or "")
        request.sign_in_wait = guess_charge(request=request, account=typed, kind=PASSWORD)
        return not request.sign_in_wait

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        typed = str((credentials or {}).get("username") or "")
        return GuessRow.objects.filter(account=_key(typed)).count()

    def reset_attempts(
        self,
        *,
        ip_address: str | None = None,
        username: str | None = None,
        ip_or_username: bool = False,
    ) -> int:
        """`manage.py axes_reset…` lifts what keeps people waiting."""
        rows = GuessRow.objects.all()
        if ip_address:
            rows = rows.filter(address=ip_address)
        if username:
            rows = rows.filter(account=_key(username))
        return rows.delete()[0]
