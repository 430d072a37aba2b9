"""What somebody asks for about a day of theirs: an explanation, a make-up punch, an outing.

Each is asked, decided, taken back the same way; here is what differs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from attendance.models import Excuse, MakeUpPunch, Outing, Status
from core import clock
from core.templatetags.house import day, moment


@dataclass(frozen=True, slots=True)
class Kind:
    """One of them. `slug` stands in addresses; `approved`, `over`, `withdrawn`: its states once it
    counts, once that was taken back, and once whoever asked let it be. `when`: the words for the
    time it is about. `asked`, `granted`, `refused`: what people are told, marked with
    `gettext_noop`."""

    slug: str
    model: type[Any]
    icon: str
    title: Any
    to_decide: Any
    one: Any
    approved: str
    over: str
    withdrawn: str
    day_of: Callable[[Any], date]
    when: Callable[[Any], str]
    asked: str
    granted: str
    refused: str
    # What a file of the company's may change of it without counting the version up.
    seen: tuple[str, ...] = ("status",)


def _hours(row: Any) -> str:
    return f"{moment(row.start_at)} – {clock.local(row.end_at):%H:%M}"


EXCUSES = Kind(
    slug="explanations",
    model=Excuse,
    icon="message-square-text",
    title=_("Explanations"),
    to_decide=_("Explanations to decide"),
    one=_("Explanation"),
    approved=Excuse.State.ACCEPTED,
    over=Excuse.State.REJECTED,
    withdrawn=Excuse.State.WITHDRAWN,
    day_of=lambda row: row.date,
    when=lambda row: f"{day(row.date)} {row.get_side_display()}",
    asked=gettext_noop("%(name)s explains %(when)s"),
    granted=gettext_noop("Your explanation of %(when)s is accepted"),
    refused=gettext_noop("Your explanation of %(when)s is refused: %(reason)s"),
)
MAKE_UPS = Kind(
    slug="make-up-punches",
    model=MakeUpPunch,
    icon="clock-plus",
    title=_("Make-up punches"),
    to_decide=_("Make-up punches to decide"),
    one=_("Make-up punch"),
    approved=Status.APPROVED,
    over=Status.CANCELLED,
    withdrawn=Status.CANCELLED,
    day_of=lambda row: clock.local_date(row.at),
    when=lambda row: moment(row.at),
    asked=gettext_noop("%(name)s asks for a make-up punch: %(when)s"),
    granted=gettext_noop("Your make-up punch of %(when)s is approved"),
    refused=gettext_noop("Your make-up punch of %(when)s is refused: %(reason)s"),
)
OUTINGS = Kind(
    slug="outings",
    model=Outing,
    icon="map-pin",
    title=_("Outings"),
    to_decide=_("Outings to decide"),
    one=_("Outing"),
    approved=Status.APPROVED,
    over=Status.CANCELLED,
    withdrawn=Status.CANCELLED,
    day_of=lambda row: clock.local_date(row.start_at),
    when=_hours,
    asked=gettext_noop("%(name)s says an outing beforehand: %(when)s"),
    granted=gettext_noop("Your outing of %(when)s is approved"),
    refused=gettext_noop("Your outing of %(when)s is refused: %(reason)s"),
    seen=("status", "end_at"),
)
KINDS = (EXCUSES, MAKE_UPS, OUTINGS)


def kind_of(row: Any) -> Kind:
    return next(kind for kind in KINDS if isinstance(row, kind.model))


def kind_named(slug: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.slug == slug), None)
