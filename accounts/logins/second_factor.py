"""The second factor: a code of an app, or one of the recovery codes. Each is good once."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt, encrypt
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.logins.devices import sessions_forget
from accounts.logins.permissions import can_reset_second_factor
from accounts.logins.subjects import login_subject
from accounts.models import SecondFactorRule, User
from core.permissions import require
from core.services import audit, audit_subject

TOTP, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
LAST_STEP = "last_step"


class Changed(Exception):
    """Somebody else was there first; the message is for the reader."""


def factor_check(*, user: Any, code: str) -> Authenticator | None:
    """Take a code, if it is right and was never taken before; says of which kind it was."""
    with transaction.atomic():
        # Locked, or two at once would both find it unused.
        rows = Authenticator.objects.select_for_update().filter(user=user)
        held = {row.type: row for row in rows}
        if TOTP in held and _take_step(held[TOTP], code):
            return held[TOTP]
        if RECOVERY in held and RecoveryCodes(held[RECOVERY]).validate_code(code):
            audit(actor=user, action="recovery code", subject=login_subject(user), changes={})
            return held[RECOVERY]
    return None


def step_of(secret: str, code: str) -> int | None:
    """The half minute whose code this is, if it is one of now."""
    typed = "".join(code.split())
    for step in yield_hotp_counters_from_time():
        if constant_time_compare(typed, format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def _take_step(row: Authenticator, code: str) -> bool:
    step = step_of(decrypt(row.data["secret"]), code)
    if step is None or step <= row.data.get(LAST_STEP, -1):
        return False
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])
    return True


def factor_set_up(*, user: User, secret: str, step: int) -> list[str]:
    """Begin to ask for codes; gives the recovery codes. The code that proved it is used up.

    Raises `Changed` where one is set up already.
    """
    try:
        with transaction.atomic():
            data = {"secret": encrypt(secret), LAST_STEP: step}
            Authenticator.objects.create(user=user, type=TOTP, data=data)
            audit(actor=user, action="second factor on", subject=login_subject(user), changes={})
            return _codes_anew(user)
    except IntegrityError:
        raise Changed(_("A second factor is set up already.")) from None


def codes_renew(*, user: User) -> list[str]:
    """New recovery codes instead of the old ones. Raises `Changed` without a second factor."""
    with transaction.atomic():
        if not Authenticator.objects.select_for_update().filter(user=user, type=TOTP):
            raise Changed(_("No second factor is set up."))
        audit(actor=user, action="recovery codes", subject=login_subject(user), changes={})
        return _codes_anew(user)


def _codes_anew(user: User) -> list[str]:
    Authenticator.objects.filter(user=user, type=RECOVERY).delete()
    return RecoveryCodes.activate(user).get_unused_codes()


def codes_left(user: User) -> int:
    row = Authenticator.objects.filter(user=user, type=RECOVERY).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0


def factor_turn_off(*, user: User) -> None:
    """The person does without from now on (asked for again where the role needs it)."""
    with transaction.atomic():
        deleted, _rows = Authenticator.objects.filter(user=user).delete()
        if deleted:
            audit(actor=user, action="second factor off", subject=login_subject(user), changes={})


def factor_reset(*, actor: User, user: User) -> None:
    """Personnel takes away a lost second factor; whoever is signed in there is out.

    Raises `PermissionDenied`, and `Changed` where none is set up.
    """
    require(can_reset_second_factor(actor, user))
    with transaction.atomic():
        deleted, _rows = Authenticator.objects.filter(user=user).delete()
        if not deleted:
            raise Changed(_("No second factor is set up."))
        User.objects.filter(pk=user.pk).update(sign_outs=F("sign_outs") + 1)
        sessions_forget(user=user)
        audit(actor=actor, action="second factor reset", subject=login_subject(user), changes={})


def rule_of() -> SecondFactorRule:
    return SecondFactorRule.objects.first() or SecondFactorRule(pk=1)


def rule_set(*, actor: User, roles: list[str], version: int) -> None:
    """Say which roles cannot do without. Raises `Changed` when it was said otherwise meanwhile."""
    with transaction.atomic():
        SecondFactorRule.objects.get_or_create(pk=1)
        before = SecondFactorRule.objects.select_for_update().get(pk=1)
        wanted = "+".join(roles)
        changed = SecondFactorRule.objects.filter(pk=1, version=version).update(
            roles=wanted, version=version + 1
        )
        if changed != 1:
            raise Changed(_("This was changed meanwhile. Look at it again."))
        audit(
            actor=actor,
            action="second factor rule",
            subject=audit_subject(before),
            changes={"roles": [before.roles, wanted]},
        )
