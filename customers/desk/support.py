"""What support puts on the desk: to answer, promised, asked for oneself (CUS-6)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import day
from customers.models import SupportRequest

NEWS = timedelta(days=7)  # so long an answer stands on the desk
ANSWERS = ("supervisor", "manager", "leader")


def desk(user: Any) -> Iterator[Panel]:
    if user.person is None:
        return
    if user.has_role(*ANSWERS):
        yield from _to_answer(user)
    yield from _promised(user)
    if user.has_role("salesperson"):
        yield from _own(user)


def _to_answer(user: Any) -> Iterator[Panel]:
    yield from _card(
        SupportRequest.objects.to_answer_by(user).order_by("wanted_on", "pk"),
        key="support",
        title=_("Support asked for"),
        note=lambda each: _("wanted by %(day)s") % {"day": day(each.wanted_on)},
    )


def _promised(user: Any) -> Iterator[Panel]:
    """What one was named to help with."""
    promised = SupportRequest.objects.filter(helper=user.person, state="taken")
    yield from _card(
        promised.order_by("help_by", "pk"),
        key="support-promised",
        title=_("Help promised"),
        note=lambda each: _("by %(day)s") % {"day": day(each.help_by)},
    )


def _own(user: Any) -> Iterator[Panel]:
    """One's own that wait or are on the way, and those refused of late."""
    own = SupportRequest.objects.filter(person=user.person).filter(
        Q(state__in=("asked", "taken")) | Q(state="refused", ended_at__gte=clock.now() - NEWS)
    )
    yield from _card(
        own.order_by("wanted_on", "pk"),
        key="own-support",
        title=_("My requests for support"),
        note=lambda each: each.get_state_display(),
    )


def _card(found: Any, *, key: str, title: str, note: Any) -> Iterator[Panel]:
    rows = list(found.select_related("person")[: SHOWN + 1])
    if rows:
        yield card(
            key=key,
            title=title,
            icon="life-buoy",
            url=reverse("support"),
            waiting=[
                Waiting(
                    text=f"{each.person.name} · {each.get_kind_display()}",
                    url=reverse("support_request", args=[each.pk]),
                    note=note(each),
                )
                for each in rows
            ],
            count=found.count() if len(rows) > SHOWN else len(rows),
        )
