"""The browsers people sign in with: a signed cookie says which, for a year."""

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from accounts.models import Device, User
from core import clock
from core.addresses import client_address

COOKIE, SALT, YEAR = "device", "accounts.device", 365 * 24 * 3600
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def device_of(request: HttpRequest) -> str:
    """Which device asks: the digest of its cookie; empty where it has none of ours."""
    held = request.get_signed_cookie(COOKIE, default=None, salt=SALT, max_age=YEAR)
    return digest(held) if held else ""


def browser_of(request: HttpRequest) -> str:
    """What people call their browser; empty where it says nothing we know."""
    said = request.META.get("HTTP_USER_AGENT", "")
    found = [
        next((name for mark, name in names if re.search(mark, said)), "")
        for names in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(filter(None, found))


def device_keep(*, request: HttpRequest, user: User, response: HttpResponse) -> Device:
    """Remember that somebody signed in here, with the session that begins."""
    held = request.get_signed_cookie(COOKIE, default=None, salt=SALT, max_age=YEAR)
    held = held or secrets.token_urlsafe(24)
    response.set_signed_cookie(
        COOKIE,
        held,
        salt=SALT,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    with transaction.atomic():
        # The cookie lasts a year: what is older is known no longer.
        Device.objects.filter(user=user, last_at__lt=clock.now() - timedelta(seconds=YEAR)).delete()
        here = Device.objects.filter(user=user, device=digest(held))
        here.exclude(session_key="").update(session_key="")
        device, _made = Device.objects.update_or_create(
            user=user,
            device=digest(held),
            address=client_address(request),
            defaults={
                "browser": browser_of(request),
                "session_key": request.session.session_key or "",
                "last_at": clock.now(),
            },
        )
    return device


def device_sessions(user: Any) -> QuerySet[Device]:
    """The devices on which somebody is signed in now."""
    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    return Device.objects.filter(user=user, session_key__in=alive).order_by("-last_at", "-id")


def sessions_forget(*, user: User, but: str = "") -> None:
    """Throw away the sessions of a person's devices, but for one."""
    ended = Device.objects.filter(user=user).exclude(session_key__in=["", but])
    keys = list(ended.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    ended.update(session_key="")
