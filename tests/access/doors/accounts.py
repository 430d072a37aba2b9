"""Doors of signing in: everybody's own, personnel's pages about accounts."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.logins.links import _slip
from accounts.logins.querysets import newest_link
from accounts.logins.second_factor import factor_set_up
from accounts.models import AccessLink, Device, GuessRow, SecondFactorRule, User
from core import clock
from core.models import AuditRow
from tests.access.door import Door, plain, those
from tests.access.world import EVERYBODY, PASSWORD, World
from tests.cast import LEADER, PERSONNEL, SHE

NEW_PASSWORD = "autumn-leaves-43"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
A_LINK: dict[str, object] = {"new_password": NEW_PASSWORD, "again": NEW_PASSWORD, "email": ""}
CURRENT = {"current_password": PASSWORD}


def passwords(world: World) -> set[str]:
    return set(User.objects.values_list("password", flat=True))


def emails(world: World) -> int:
    return User.objects.exclude(email="").count()


def links(world: World) -> list[str]:
    return list(AccessLink.objects.order_by("id").values_list("state", flat=True))


def changes(world: World) -> int:
    return AuditRow.objects.count()


def link_of_another(world: World) -> str:
    """Whoever holds a link reads whose it is: so it is of somebody whose name is no secret here."""
    user = User.objects.select_related("person").get(username=LEADER)
    slip = _slip(user=user, person=user.person, kind=AccessLink.Kind.PERSONNEL, actor=None)
    return reverse("one_time_link", args=[slip.token])


def with_factors(name: str):
    """Everybody has a second factor; no role is asked for it."""

    def address(world: World) -> str:
        for user in User.objects.select_related("person"):
            factor_set_up(user=user, secret=SECRET, step=0)
        return reverse(name)

    return address


def her_factor(world: World) -> str:
    factor_set_up(user=world.her.user, secret=SECRET, step=0)
    return reverse("second_factor_reset", args=[SHE])


def her_device(world: World) -> str:
    session = SessionStore()
    session.create()
    device = Device.objects.create(
        user=world.her.user,
        device="0" * 64,
        session_key=session.session_key or "",
        last_at=clock.now() - timedelta(hours=1),
    )
    return reverse("device_sign_out", args=[device.pk])


def names_her(world: World) -> dict[str, object]:
    return {"file": SimpleUploadedFile("who.csv", SHE.encode()), "seen": newest_link()}


# Whoever is in already goes on to the desk.
_LOGIN = Door(plain("login"), get=EVERYBODY, post=EVERYBODY, is_open=True, lands=302, anybody=200)

DOORS = {
    "login": _LOGIN,
    "account_login": _LOGIN,
    "logout": Door(plain("logout"), post=EVERYBODY, ends_session=True, nobody=302),
    # For whoever has given their password and not the code: all others are sent to sign in, and
    # from there on to the desk. What it takes: accounts/tests/test_second_factor.py.
    "mfa_authenticate": Door(
        plain("mfa_authenticate"),
        get=EVERYBODY,
        post=EVERYBODY,
        is_open=True,
        lands=302,
        is_page=False,
    ),
    "one_time_link": Door(
        link_of_another,
        get=EVERYBODY,
        post=EVERYBODY,
        is_open=True,
        ends_session=True,
        is_page=False,
        data=lambda world: A_LINK,
        effect=links,
    ),
    "forgotten": Door(
        plain("forgotten"),
        get=EVERYBODY,
        post=EVERYBODY,
        is_open=True,
        data=lambda world: {"email": "nobody@example.com"},
        effect=lambda world: GuessRow.objects.count(),
    ),
    "my_sign_in": Door(plain("my_sign_in"), get=EVERYBODY, nobody=200),
    "password": Door(
        plain("password"),
        get=EVERYBODY,
        post=EVERYBODY,
        nobody=200,
        ends_session=True,
        data=lambda world: {**CURRENT, "new_password": NEW_PASSWORD, "again": NEW_PASSWORD},
        effect=passwords,
    ),
    "email": Door(
        plain("email"),
        get=EVERYBODY,
        post=EVERYBODY,
        nobody=200,
        data=lambda world: {**CURRENT, "email": "door@example.com"},
        effect=emails,
    ),
    # The code is of a key that the session alone knows: what comes of it stands in
    # accounts/tests/test_second_factor.py.
    "second_factor_setup": Door(
        plain("second_factor_setup"), get=EVERYBODY, post=EVERYBODY, nobody=200
    ),
    # No pages to walk in a browser: with a factor of everybody's nobody would come in there without
    # a code. tests/browser/test_signing_in.py looks at them.
    "recovery_codes": Door(
        with_factors("recovery_codes"),
        is_page=False,
        get=EVERYBODY,
        post=EVERYBODY,
        nobody=200,
        data=lambda world: CURRENT,
        effect=changes,
    ),
    "second_factor_off": Door(
        with_factors("second_factor_off"),
        is_page=False,
        get=EVERYBODY,
        post=EVERYBODY,
        nobody=200,
        data=lambda world: CURRENT,
        effect=changes,
    ),
    "device_sign_out": Door(
        her_device,
        post=those(SHE),
        hidden=True,
        effect=lambda world: Device.objects.get(device="0" * 64).session_key,
    ),
    "others_sign_out": Door(
        plain("others_sign_out"),
        post=EVERYBODY,
        nobody=302,
        ends_session=True,
        effect=lambda world: sum(User.objects.values_list("sign_outs", flat=True)),
    ),
    "logins": Door(plain("logins"), get=those(PERSONNEL), shows=lambda world: world.her.name),
    "login_links": Door(
        plain("login_links"),
        post=those(PERSONNEL),
        data=lambda world: {"people": [world.her.pk], "seen": newest_link()},
        effect=links,
    ),
    "login_links_file": Door(
        plain("login_links_file"), post=those(PERSONNEL), data=names_her, effect=links
    ),
    "login_of": Door(
        lambda world: reverse("login_of", args=[SHE]),
        get=those(PERSONNEL),
        shows=lambda world: world.her.name,
    ),
    "second_factor_reset": Door(her_factor, post=those(PERSONNEL), effect=changes),
    "second_factor_rule": Door(
        plain("second_factor_rule"),
        get=those(PERSONNEL, LEADER),
        post=those(PERSONNEL, LEADER),
        data=lambda world: {"roles": ["finance"], "version": 0},
        effect=lambda world: SecondFactorRule.objects.count(),
    ),
}
