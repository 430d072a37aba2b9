"""Attendance machines: put on file with a token that is shown once, and retired (ATT-1)."""

import hashlib
import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from attendance.models import Device
from core import clock
from core.services import audit, audit_subject


class DeviceRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


def device_add(*, name: str, place: str, actor: Any) -> tuple[Device, str]:
    """Put a machine on file; gives its token, of which only a fingerprint is kept.

    Raises `DeviceRefused` where there is one of that name.
    """
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            device = Device.objects.create(
                name=name, place=place, token_sha256=fingerprint(token), made_by=actor
            )
            audit(
                actor=actor,
                action="machine added",
                subject=audit_subject(device),
                changes={"name": [None, name]},
            )
    except IntegrityError:
        raise DeviceRefused(_("There is a machine of this name already.")) from None
    return device, token


@transaction.atomic
def device_retire(*, device: Device, actor: Any) -> None:
    """Its token opens nothing from now on; what it brought stays. Raises `DeviceRefused` where
    somebody was first."""
    seen = Device.objects.filter(pk=device.pk, version=device.version, retired_at=None)
    now = clock.now()
    if seen.update(retired_at=now, version=device.version + 1) != 1:
        raise DeviceRefused(_("The machine is retired already."))
    audit(
        actor=actor,
        action="machine retired",
        subject=audit_subject(device),
        changes={"retired_at": [None, str(now)]},
    )


def device_of(token: str) -> Device | None:
    """The machine whose token it is, unless it is retired.

    Looked for by the fingerprint: how long that takes tells nothing about any token.
    """
    wanted = fingerprint(token)
    device: Device | None = Device.objects.filter(token_sha256=wanted, retired_at=None).first()
    return device if device and constant_time_compare(device.token_sha256, wanted) else None


def fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
