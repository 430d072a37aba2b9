"""A person's page: facts and contract, the way through the company, stand-ins (ORG-1, ORG-2)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.handing_over import handover_lines
from accounts.logins.subjects import login_subject
from accounts.models import Person, PositionChange, PositionPlan, Qualification, StandIn
from accounts.permissions import (
    can_end_stand_in,
    can_keep_people,
    can_see_handover,
    can_see_pay_of,
)
from accounts.querysets import SEE_CONTRACTS, led_ids
from accounts.services import handover_subject
from core import clock
from core.confidential import openings_about
from core.history.reading import name_of, with_names
from core.history.words import action_word
from core.panels import Panel
from core.services import audit_subject

OPENINGS_SHOWN, HANDOVER_SHOWN = 30, 20


def person(user: Any, person: Person) -> Iterator[Panel]:
    own = user.person_id == person.pk
    leads = person.pk in led_ids(user)
    if own or leads or user.is_superuser or user.has_role(*SEE_CONTRACTS):
        yield Panel(
            key="facts",
            title=_("Facts and contract"),
            template="accounts/_person_facts.html",
            context={
                "at_once": True,
                "person": person,
                "qualifications": partial(_qualifications, user, person),
                "sees_pay": can_see_pay_of(user, person),
                "can_keep": can_keep_people(user),
                "today": clock.today(),
            },
        )
        yield Panel(
            key="positions",
            title=_("Positions"),
            template="accounts/_person_positions.html",
            context={
                "person": person,
                "plans": partial(_plans, user, person),
                "changes": partial(_changes, user, person),
                "sees_pay": can_see_pay_of(user, person),
                "can_keep": can_keep_people(user) and not own,
            },
        )
        yield Panel(
            key="stand-ins",
            title=_("Stand-ins"),
            template="accounts/_person_stand_ins.html",
            context={"person": person, "stand_ins": partial(_stand_ins, user, person)},
        )
        yield Panel(
            key="history",
            title=_("What happened"),
            template="accounts/_person_history.html",
            context={
                "changed_as": _changed_as(user, person, own=own),
                "shown": ("person.base_salary",) if can_see_pay_of(user, person) else (),
            },
        )

        yield from _openings(user, person, own=own)


def _openings(user: Any, person: Person, *, own: bool) -> Iterator[Panel]:
    """Who looked at what concerns oneself: theirs to know, and nobody else's here."""
    if own:
        yield Panel(
            key="openings",
            title=_("Who looked at my file"),
            template="accounts/_person_openings.html",
            context={"openings": partial(_opened_by_others, user, person)},
        )


def _opened_by_others(user: Any, person: Person) -> list[dict[str, Any]]:
    rows = openings_about(person.employee_no).exclude(actor=user)
    return [
        {"row": row, "who": name_of(row.actor), "kind": action_word(row.kind)}
        for row in with_names(rows)[:OPENINGS_SHOWN]
    ]


def _changed_as(user: Any, person: Person, *, own: bool) -> list[str]:
    """Whose sign-in it is, and who keeps accounts, reads of the sign-in too."""
    subjects = [audit_subject(person), handover_subject(person)]
    if own or can_keep_people(user):
        subjects.append(login_subject(person))
    return subjects


def _qualifications(user: Any, person: Person) -> list[Qualification]:
    return list(Qualification.objects.visible_to(user).filter(person=person))


def _plans(user: Any, person: Person) -> list[PositionPlan]:
    planned = PositionPlan.objects.visible_to(user).filter(person=person, state="planned")
    return list(planned.select_related("supervisor"))


def _changes(user: Any, person: Person) -> list[PositionChange]:
    kept = PositionChange.objects.visible_to(user).filter(person=person)
    return list(kept.select_related("supervisor", "by__person")[:50])


def _stand_ins(user: Any, person: Person) -> list[dict[str, Any]]:
    rows = StandIn.objects.visible_to(user).filter(Q(absent=person) | Q(stand_in=person))
    return [
        {"row": row, "can_end": not row.is_over and can_end_stand_in(user, row)}
        for row in rows.select_related("absent", "stand_in")[:20]
    ]


def settlement(user: Any, *, person: Person) -> Iterator[Panel]:
    """What somebody who leaves has still to hand over (PAY-6): to whom the list is not open, how
    many things they are."""
    may_see = bool(can_see_handover(user, person))
    lines = handover_lines(person) if person.left_on else []
    waiting = [line for line in lines if line.tick is None]
    if person.left_on:
        yield Panel(
            key="handover",
            title=_("Hand-over"),
            template="accounts/_settlement_handover.html",
            context={
                "person": person,
                "count": len(waiting),
                "waiting": waiting[:HANDOVER_SHOWN] if may_see else [],
                "may_see": may_see,
            },
        )
