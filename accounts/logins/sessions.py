"""Ending what somebody is signed in with."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from accounts.logins.devices import sessions_forget
from accounts.logins.subjects import login_subject
from accounts.models import Device, User
from core.services import audit


def session_end(*, user: User, device: Device) -> None:
    """End what one is signed in with on one device."""
    with transaction.atomic():
        Session.objects.filter(session_key=device.session_key).delete()
        Device.objects.filter(pk=device.pk).update(session_key="")
        _audit(user, {"device": [device.browser, ""]})


def others_end(*, request: HttpRequest, user: User) -> None:
    """End every session of the person but the one that asks."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(sign_outs=F("sign_outs") + 1)
        user.refresh_from_db(fields=["sign_outs"])
        sessions_forget(user=user, but=request.session.session_key or "")
        keep_own(request=request, user=user)
        _audit(user, {})


def keep_own(*, request: HttpRequest, user: User) -> None:
    """The session that asks stays, under a new key, after what it is checked against changed."""
    before = request.session.session_key
    update_session_auth_hash(request, user)
    if before:
        Device.objects.filter(user=user, session_key=before).update(
            session_key=request.session.session_key or ""
        )


def _audit(user: User, changes: dict[str, list[str]]) -> None:
    audit(
        actor=user,
        action="sessions ended",
        subject=login_subject(user),
        changes=changes,
    )
