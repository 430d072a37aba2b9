"""The accounts of the people one looks after."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.logins.rules import ACCOUNT, PAIR
from accounts.models import AccessLink, GuessRow, Person
from core import clock

NONE, INVITED, ACTIVE, LOCKED, OFF, LEFT = "none", "invited", "active", "locked", "off", "left"
STATES = {
    NONE: _("no account"),
    INVITED: _("link handed out"),
    ACTIVE: _("active"),
    LOCKED: _("kept waiting"),
    OFF: _("switched off"),
    LEFT: _("left"),
}


def kept_waiting() -> set[str]:
    """The accounts at which so much was guessed that somebody has to wait now."""
    now = clock.now()
    pairs = GuessRow.objects.filter(at__gt=now - PAIR.within, device="")
    strangers = GuessRow.objects.filter(at__gt=now - ACCOUNT.within, stranger=True)
    found = pairs.values("account", "address", "kind").annotate(n=Count("id"))
    many = strangers.values("account", "kind").annotate(n=Count("id"))
    return {
        *found.filter(n__gte=PAIR.tries).values_list("account", flat=True),
        *many.filter(n__gte=ACCOUNT.tries).values_list("account", flat=True),
    }


def logins_of(user: Any) -> QuerySet[Person]:
    """The people somebody may see, with the state of their accounts."""
    open_link = AccessLink.objects.filter(
        user=OuterRef("user"), kind=AccessLink.Kind.PERSONNEL, state=AccessLink.State.OPEN
    )
    # What Django writes for “no password can be right”.
    no_password = Q(user__password="") | Q(user__password__startswith="!")  # noqa: S106
    waiting = kept_waiting()
    return (
        Person.objects.visible_to(user)
        .select_related("user")
        .annotate(
            login_name=Lower("user__username"),
            login_email=Lower("user__email"),
            link_until=Subquery(open_link.values("expires_at")[:1]),
            second_factor=Exists(
                Authenticator.objects.filter(user=OuterRef("user"), type=Authenticator.Type.TOTP)
            ),
        )
        .annotate(
            login_state=Case(
                When(left_on__lt=clock.today(), then=Value(LEFT)),
                When(user=None, then=Value(NONE)),
                When(user__is_active=False, then=Value(OFF)),
                When(no_password, then=Value(INVITED)),
                When(Q(login_name__in=waiting) | Q(login_email__in=waiting), then=Value(LOCKED)),
                default=Value(ACTIVE),
                output_field=CharField(),
            )
        )
    )


def without_account(user: Any) -> QuerySet[Person]:
    """Who works here and cannot sign in yet."""
    employed = Q(left_on=None) | Q(left_on__gte=clock.today())
    return Person.objects.visible_to(user).filter(employed, user=None).order_by("employee_no")


def newest_link() -> int:
    """The newest link there is: what a form says its sender has seen."""
    return AccessLink.objects.aggregate(newest=Max("id"))["newest"] or 0


def has_expired(until: Any) -> bool:
    return until is None or until - clock.now() <= timedelta()
