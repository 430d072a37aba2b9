"""The roster of morning cleaning: made for two weeks, ticked, confirmed (MEET-3)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from policy.querysets import policy_book
from reports.models import CleaningTurn
from reports.reads.cleaning import RosterFacts, roster_facts
from reports.rules.cleaning import Turn, roster
from reports.services.keeping import change_audited
from reports.services.refusals import ChangedMeanwhile, ReportsRefused

AHEAD = timedelta(days=14)
# So long after its morning a turn that was owed can be ticked; then the duty is owed again.
GRACE = timedelta(days=3)


def first_open_day() -> date:
    """Today until work begins, then tomorrow: of a morning that has begun nothing is changed."""
    today = clock.today()
    begins = clock.at(today, policy_book().on(today).work_start)
    return today if clock.now() < begins else today + timedelta(days=1)


@transaction.atomic
def cleaning_make() -> int:
    """The daily job: make the turns of the next two weeks, and make them anew where the facts have
    changed. Run twice it changes nothing more. Returns how many turns are new or another's.
    """
    first, last = first_open_day(), clock.today() + AHEAD
    lapsed = CleaningTurn.objects.filter(on__lt=clock.today() - GRACE, done_at=None)
    lapsed.exclude(owed_for=None).update(owed_for=None)
    facts = roster_facts(first, last)
    wanted = {(turn.on, team): turn for team in facts.teams for turn in _roster_of(team, facts)}
    return _converge(wanted, facts)


def _roster_of(team: str, facts: RosterFacts) -> list[Turn]:
    return roster(
        facts.days,
        cleaners=facts.cleaners[team],
        away=facts.away,
        taken=facts.taken[team],
        last=facts.last,
        owed=facts.owed[team],
    )


def _converge(wanted: Mapping[tuple[date, str], Turn], facts: RosterFacts) -> int:
    """Write what differs: a turn that is another's now is taken away and made anew."""
    ids = facts.ids
    stale, right = [], set()
    for row in facts.rows:
        turn = wanted.get((row.on, row.team))
        if turn and (ids[turn.employee_no], turn.owed_for) == (row.person_id, row.owed_for):
            right.add((row.on, row.team))
        else:
            stale.append(row.pk)
    CleaningTurn.objects.filter(pk__in=stale).delete()
    new = [
        CleaningTurn(on=on, team=team, person_id=ids[turn.employee_no], owed_for=turn.owed_for)
        for (on, team), turn in wanted.items()
        if (on, team) not in right
    ]
    # Made by two at once, it is one.
    CleaningTurn.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def turn_done(*, turn: CleaningTurn, actor: Any = None) -> CleaningTurn:
    """Whoever cleaned says so, from its morning on. Said twice it is said once."""
    if turn.on > clock.today():
        raise ReportsRefused(_("Its morning is yet to come."))
    if turn.done_at is not None:
        return turn
    done: CleaningTurn = change_audited(turn, action="cleaned", actor=actor, done_at=clock.now())
    return done


@transaction.atomic
def turn_confirm(*, turn: CleaningTurn, actor: Any) -> bool:
    """The supervisor has seen that it was done. Whether anything changed; a second time nothing."""
    if turn.on > clock.today():
        raise ReportsRefused(_("Its morning is yet to come."))
    if turn.confirmed_by_id is not None:
        return False
    change_audited(
        turn,
        action="cleaning confirmed",
        actor=actor,
        done_at=turn.done_at or clock.now(),
        confirmed_by=actor,
    )
    return True


@transaction.atomic
def turn_give(
    *, turn: CleaningTurn, person: Person, reason: str, actor: Any = None
) -> CleaningTurn:
    """Give a turn to somebody else of the team, with the reason; what was owed stays owed."""
    if not reason.strip():
        raise ReportsRefused(_("Say why."))
    if turn.done_at is not None:
        raise ChangedMeanwhile(_("It is done already."))
    if turn.on < clock.today():
        raise ReportsRefused(_("Its morning is over."))
    given: CleaningTurn = change_audited(
        turn,
        action="cleaning given to another",
        actor=actor,
        reason=reason.strip(),
        person=person,
        owed_for=None,
    )
    return given
