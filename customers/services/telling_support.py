"""Who is told of requests for support: the one place from which word of it goes out."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.deciding import deciders_of
from accounts.models import Person
from core import clock
from customers.models import SupportRequest
from notices.services import notice_send


def asked_tell(*, request: SupportRequest, actor: Any) -> None:
    """Whoever decides hears of it; never the colleague whom it is about: then the heads."""
    deciders = [each for each in deciders_of(request.person) if each.pk != request.colleague_id]
    if not deciders:
        today = clock.today()
        heads = [*Person.objects.acting_as("manager", today)]
        heads += Person.objects.acting_as("leader", today)
        deciders = [
            each for each in heads if each.pk not in (request.colleague_id, request.person_id)
        ]
    _tell(
        request,
        deciders,
        "asked",
        gettext_noop("%(name)s asks for support: %(request)s"),
        actor,
        name=request.person.name,
    )


def taken_tell(*, request: SupportRequest, actor: Any) -> None:
    """Who asked and who helps hear so; the colleague, that somebody mediates."""
    helper: Any = request.helper
    _tell(
        request,
        [request.person],
        "taken",
        gettext_noop("%(name)s helps you with %(request)s"),
        actor,
        name=helper.name,
    )
    _tell(
        request,
        [helper],
        "helper",
        gettext_noop("You are asked to help %(name)s: %(request)s"),
        actor,
        name=request.person.name,
    )
    if request.colleague is not None:
        _tell(
            request,
            [request.colleague],
            "mediated",
            gettext_noop("%(name)s mediates between you and a colleague: %(request)s"),
            actor,
            name=helper.name,
        )


def refused_tell(*, request: SupportRequest, actor: Any) -> None:
    _tell(
        request,
        [request.person],
        "refused",
        gettext_noop("Your request %(request)s is refused: %(reason)s"),
        actor,
        reason=request.reply,
    )


def ended_tell(*, request: SupportRequest, actor: Any) -> None:
    """Who asked, who helped and, of a mediation, the colleague hear what came of it."""
    people = [each for each in (request.person, request.helper, request.colleague) if each]
    _tell(request, people, "done", gettext_noop("What came of %(request)s is told"), actor)


def _tell(
    request: SupportRequest,
    people: Iterable[Person],
    what: str,
    text: str,
    actor: Any,
    **values: str,
) -> None:
    notice_send(
        people=people,
        key=f"support/{request.pk}/{what}",
        text=text,
        values={"request": request.request_no, **values},
        url=reverse("support_request", args=[request.pk]),
        actor=actor,
    )
