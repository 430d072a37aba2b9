"""What customers put on the desk: points for visits (VIS-2)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from core import clock
from core.desk import Figure, Waiting, card
from core.months import Month
from core.panels import Panel
from customers.querysets.visits import points_by_person, points_of
from policy.querysets import policy_book


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role("salesperson") and user.person.channel == "field":
        yield _mine(user.person)
    if user.has_role("supervisor"):
        yield from _my_team(user.person)


def _mine(person: Person) -> Panel:
    """A field salesperson's points of the month, and the days left."""
    month = Month.of(clock.today())
    wanted = policy_book().on(month.last_day).points_min
    got = points_of(person, month)
    return card(
        key="points",
        title=_("Visits this month"),
        icon="map-pin",
        url=reverse("visit_new"),
        figures=[Figure(_("Points"), f"{got}/{wanted}", note=_days_left(month))],
    )


def _my_team(supervisor: Person) -> Iterator[Panel]:
    """Who of a supervisor's people is behind: fewer points than the days gone by ask for."""
    month = Month.of(clock.today())
    wanted = policy_book().on(month.last_day).points_min
    team = Person.objects.below(supervisor).salespeople().employed_in(month)
    people = list(team.filter(channel="field").order_by("employee_no"))
    if not people:
        return
    got = points_by_person(people, month)
    by_now = wanted * clock.today().day // month.last_day.day
    behind = sorted(
        ((got.get(person.pk, 0), person) for person in people if got.get(person.pk, 0) < by_now),
        key=lambda found: (found[0], found[1].employee_no),
    )
    yield card(
        key="team-points",
        title=_("My team's visits"),
        icon="map-pin",
        url=reverse("visits"),
        figures=[
            Figure(_("Behind"), f"{len(behind)}/{len(people)}", note=_days_left(month)),
        ],
        waiting=[
            Waiting(
                text=person.name,
                note=_("%(got)s of %(wanted)s points") % {"got": n, "wanted": wanted},
            )
            for n, person in behind
        ],
        empty=_("Everybody keeps up."),
    )


def _days_left(month: Month) -> str:
    left = (month.last_day - clock.today()).days
    return ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
