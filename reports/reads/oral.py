"""Who has reported by word of mouth on a day (REP-2)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Person
from accounts.querysets import led_ids
from attendance.panels import away
from reports.models import OralReport
from reports.querysets import LEADS

MOST = 100  # people on a page; where there are more a team is chosen


@dataclass(frozen=True, slots=True)
class OralRow:
    """Somebody on a day: what was ticked, if it was; in what way they are away, if they are."""

    person: Person
    report: OralReport | None
    away: Any = ""


@dataclass(frozen=True, slots=True)
class OralDay:
    """A day's people as a user hears them; `all_shown`: not where a team is to be chosen."""

    rows: list[OralRow]
    all_shown: bool
    teams: list[str] = field(default_factory=list)

    @property
    def ticked(self) -> int:
        return sum(row.report is not None for row in self.rows)


def hears(user: Any, on: date) -> QuerySet[Person]:
    """The salespeople here on a day whose oral report a user may tick: those they lead; all, for
    the manager and the leader; never their own (as `may_decide` says)."""
    here = Person.objects.salespeople().here_on(on).filter(hired_on__lte=on)
    if user.has_role(*LEADS):
        heads = Q(roles__contains="manager") | Q(roles__contains="leader")
        here = here.exclude(heads)
    else:
        here = here.filter(pk__in=led_ids(user))
    barred = {user.person_id, *(stand_in.absent_id for stand_in in user.stand_ins)}
    return here.exclude(pk__in=barred)


def oral_day(user: Any, on: date, team: str = "") -> OralDay:
    """Whom a user hears on a day. A constant number of queries."""
    people = hears(user, on)
    teams = people.exclude(team="").order_by("team").values_list("team", flat=True).distinct()
    if team:
        people = people.filter(team=team)
    found = list(people.order_by("team", "employee_no")[: MOST + 1])
    gone = away(on)
    reports = {
        row.person_id: row
        for row in OralReport.objects.filter(on=on, person__in=found[:MOST]).select_related(
            "heard_by__person"
        )
    }
    rows = [OralRow(each, reports.get(each.pk), gone.get(each.pk, "")) for each in found[:MOST]]
    return OralDay(rows, len(found) <= MOST, list(teams))


def oral_counts(user: Any, on: date) -> tuple[int, int]:
    """How many of those a user hears have reported on a day, and how many there are. Two
    queries."""
    people = hears(user, on)
    ticked = OralReport.objects.filter(on=on, person__in=people.order_by().values("pk"))
    return ticked.count(), people.count()
