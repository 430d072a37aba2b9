"""Naming a stand-in, and ending it early (ORG-1)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person, Role, StandIn
from accounts.rules import roles_passed_on
from accounts.services.refusals import ChangedMeanwhile, PeopleRefused, person_locked
from core import clock
from core.services import audit, audit_subject

LONGEST = timedelta(days=366)


@transaction.atomic
def stand_in_make(
    *,
    actor: Any,
    absent: Person,
    stand_in: Person,
    roles: frozenset[str],
    from_on: date,
    until_on: date,
    reason: str,
) -> StandIn:
    """Let somebody take over roles of an absent person on company days, both included (ORG-1).

    No roles: all that the absent person holds. Asked for twice, it is made once. Raises
    `PeopleRefused`.
    """
    absent = person_locked(absent.pk)
    taken = _roles(absent, roles)
    _check_people(actor, absent, stand_in, until_on)
    _check_days(from_on, until_on)
    if not reason.strip():
        raise PeopleRefused(_("Say why a stand-in is needed."))
    standing = StandIn.objects.filter(
        absent=absent, ended_at=None, from_on__lte=until_on, until_on__gte=from_on
    )
    for other in standing:
        if (other.stand_in_id, other.roles, other.from_on, other.until_on) == (
            stand_in.pk,
            taken,
            from_on,
            until_on,
        ):
            return other
        if not frozenset(other.roles.split("+")).isdisjoint(taken.split("+")):
            raise PeopleRefused(
                _("%(person)s stands in for one of these roles on some of these days already.")
                % {"person": other.stand_in}
            )
    made = StandIn.objects.create(
        absent=absent,
        stand_in=stand_in,
        roles=taken,
        from_on=from_on,
        until_on=until_on,
        reason=reason.strip()[:200],
        made_by=actor,
    )
    audit(
        actor=actor,
        action="stand in",
        subject=audit_subject(absent),
        changes={
            "stand_in": ["", str(stand_in)],
            "roles": ["", taken],
            "from_on": ["", from_on.isoformat()],
            "until_on": ["", until_on.isoformat()],
            "reason": ["", made.reason],
        },
    )
    return made


def _roles(absent: Person, roles: frozenset[str]) -> str:
    held = roles_passed_on(absent.role_set)
    if not held:
        raise PeopleRefused(
            _("%(person)s holds no role that can be taken over.") % {"person": absent}
        )
    if not roles <= held:
        raise PeopleRefused(
            _("%(person)s does not hold these roles: nobody passes on what they stand in for.")
            % {"person": absent}
        )
    wanted = roles or held
    return "+".join(role for role in Role.values if role in wanted)


def _check_people(actor: Any, absent: Person, stand_in: Person, until_on: date) -> None:
    if stand_in.pk == absent.pk:
        raise PeopleRefused(_("Nobody stands in for themselves."))
    if actor is not None and actor.person_id == stand_in.pk:
        raise PeopleRefused(_("Nobody names themselves a stand-in for somebody else."))
    if absent.left_on and absent.left_on < clock.today():
        raise PeopleRefused(_("%(person)s has left.") % {"person": absent})
    if stand_in.left_on and stand_in.left_on < until_on:
        raise PeopleRefused(_("%(person)s leaves before that.") % {"person": stand_in})


def _check_days(from_on: date, until_on: date) -> None:
    if until_on < from_on:
        raise PeopleRefused(_("The last day lies before the first."))
    if until_on < clock.today():
        raise PeopleRefused(_("These days have passed."))
    if until_on - from_on > LONGEST:
        raise PeopleRefused(_("Nobody stands in for longer than a year."))


@transaction.atomic
def stand_in_end(*, actor: Any, stand_in: StandIn) -> None:
    """End it now. Raises `ChangedMeanwhile` where it has ended already."""
    open_one = StandIn.objects.filter(pk=stand_in.pk, ended_at=None, until_on__gte=clock.today())
    if open_one.update(ended_at=clock.now()) != 1:
        raise ChangedMeanwhile(_("It has ended already."))
    audit(
        actor=actor,
        action="end stand-in",
        subject=audit_subject(stand_in.absent),
        changes={"stand_in": [str(stand_in.stand_in), ""]},
    )
