"""Who may do what about people, and who decides about whom (ORG-1, ORG-2)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person, StandIn
from accounts.querysets import SEE_CONTRACTS, SEE_EVERYBODY, ids_below, led_ids, sees
from accounts.rules import (
    WHERE_NOT_SAID,
    Capacity,
    Refusal,
    deciding_roles,
    refusal,
    roles_passed_on,
)
from core.permissions import ALLOWED, Decision

KEEPS_PEOPLE = ("admin",)
MAKES_STAND_INS = ("admin", "manager", "leader")


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def capacities(user: Any, about: Person) -> list[Capacity]:
    """The places in which a user can act towards a person: their own, and those they stand in
    for. The team tree is asked once for a login, and only of those who lead."""
    if user.person is None:
        return []
    own = user.person
    found = [Capacity(own.pk, own.role_set, _leads(user, own.pk, about))]
    for stand_in in user.stand_ins:
        leads = _leads(user, stand_in.absent_id, about)
        found.append(Capacity(stand_in.absent_id, stand_in.role_set, leads))
    return found


def _leads(user: Any, head: int, about: Person) -> bool:
    """Whether the person is below this one of those whose teams the user leads today."""
    if head not in user.leads or about.pk not in led_ids(user):
        return False
    return len(user.leads) == 1 or about.supervisor_id == head or about.pk in ids_below(head)


def may_decide(user: Any, about: Person, *roles: str) -> Decision:
    """Whether a user may decide a request, claim or case about a person (ORG-1).

    `roles`: who decides such a thing (supervisors about those below them; by default supervisor,
    manager, leader). The manager's go to the leader, the leader's to personnel. A stand-in decides
    neither on their own nor about whom they stand in for.
    """
    usual = frozenset(roles) or WHERE_NOT_SAID
    me = user.person_id or 0
    found = refusal(me, about.pk, about.role_set, capacities(user, about), usual)
    if found is None:
        return ALLOWED
    return Decision(False, _refusal_says(found))


def roles_deciding(about: Iterable[Person], *roles: str) -> frozenset[str]:
    """The roles that decide what concerns several people at once: the highest of them says to
    whom it goes (ORG-1). `roles`: who decides such a thing otherwise."""
    held = frozenset[str]().union(*(person.role_set for person in about))
    return deciding_roles(held, frozenset(roles))


def may_decide_on(user: Any, about: Iterable[Person], *roles: str) -> Decision:
    """Whether a user may decide what concerns several people: as `may_decide`, of each of them.

    `roles` hold for the whole department; a supervisor, who leads some alone, is none of them.
    """
    people = list(about)
    wanted = roles_deciding(people, *roles)
    places = _places(user)
    for person in people:
        found = refusal(user.person_id or 0, person.pk, frozenset(), places, wanted)
        if found is not None:
            return Decision(False, _refusal_says(found))
    return ALLOWED


def _places(user: Any) -> list[Capacity]:
    """The places in which a user can act, whoever it is about. No query."""
    if user.person is None:
        return []
    stood_in = (Capacity(each.absent_id, each.role_set) for each in user.stand_ins)
    return [Capacity(user.person.pk, user.person.role_set), *stood_in]


def _refusal_says(found: Refusal) -> str:
    if found is Refusal.OWN:
        return _("Nobody decides on what is their own.")
    if found is Refusal.STOOD_IN_FOR:
        return _("A stand-in does not decide about whom they stand in for.")
    return _(
        "This is decided by somebody else: the manager's by the leader, the leader's by "
        "personnel, all others' by those responsible for them."
    )


def can_see_people(user: Any) -> Decision:
    """The list and the tree: for whoever sees more people than themself."""
    if _holds(user, "supervisor", "manager", "leader", "finance", "cashier", "admin"):
        return ALLOWED
    return Decision(
        False,
        _("The list of people is for supervisors, the manager, the leader, finance and personnel."),
    )


def can_keep_people(user: Any) -> Decision:
    if _holds(user, *KEEPS_PEOPLE):
        return ALLOWED
    return Decision(False, _("People, contracts and positions are kept by personnel."))


def can_change_position(user: Any, person: Person) -> Decision:
    """Personnel changes positions, but not their own nor that of whom they stand in for."""
    if user.is_superuser:
        return ALLOWED
    if not user.has_role(*KEEPS_PEOPLE):
        return can_keep_people(user)
    if user.person_id == person.pk:
        return Decision(False, _refusal_says(Refusal.OWN))
    places = (c for c in capacities(user, person) if c.roles.intersection(KEEPS_PEOPLE))
    if all(place.person == person.pk for place in places):
        return Decision(False, _refusal_says(Refusal.STOOD_IN_FOR))
    return ALLOWED


def can_make_stand_in(user: Any, absent: Person) -> Decision:
    """Who is away themself, for a role they hold; personnel, the manager or the leader for all."""
    if not roles_passed_on(absent.role_set):
        return Decision(
            False, _("%(person)s holds no role that can be taken over.") % {"person": absent}
        )
    own = user.person_id == absent.pk
    # In their own right: what one stands in for is not passed on.
    if user.is_superuser or own or (user.person and user.person.has_role(*MAKES_STAND_INS)):
        return ALLOWED
    return Decision(
        False,
        _("A stand-in is named by whoever is away, by personnel, the manager or the leader."),
    )


def can_end_stand_in(user: Any, stand_in: StandIn) -> Decision:
    own = user.person_id in (stand_in.absent_id, stand_in.stand_in_id)
    if user.is_superuser or own or (user.person and user.person.has_role(*MAKES_STAND_INS)):
        return ALLOWED
    return Decision(
        False,
        _("A stand-in is ended by either of the two, by personnel, the manager or the leader."),
    )


def can_see_pay_of(user: Any, person: Person) -> bool:
    """Base salary: one's own, those one leads, the heads and money; and personnel's contracts."""
    return sees(user, person, everything=SEE_EVERYBODY)


def can_see_handover(user: Any, person: Person) -> Decision:
    """A leaver's hand-over list: the leaver, who leads them, the manager, leader, personnel."""
    if sees(user, person, everything=SEE_CONTRACTS):
        return ALLOWED
    return Decision(
        False,
        _("A hand-over list is for who leaves, their supervisor, the manager and personnel."),
    )


def can_tick_handover(user: Any, person: Person) -> Decision:
    """Who leaves does not sign for having handed over."""
    if user.person_id == person.pk:
        return Decision(False, _("What was handed over is ticked by somebody else."))
    return can_see_handover(user, person)
