"""Suspicions are raised, decided, and lead to cases (DIS-3)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Person, StandIn
from accounts.permissions import roles_deciding
from accounts.services import in_place
from conduct.models import ConductCase, Suspicion, SuspicionCase, SuspicionDecision
from conduct.suspicions.facts import conflict_facts, file_facts, numbers_by_id, order_facts
from conduct.suspicions.rules import (
    Suspected,
    filed_twice,
    reassigned,
    registered_twice,
    signed_by_another,
)
from core import clock
from core.db import queue_up, read_snapshot
from core.jobs import Running
from core.services import audit, audit_subject
from notices.services import notice_send

LOOKED_BACK = timedelta(days=92)
"""What happened longer ago is not looked for: a company that loads its books of years begins with
today's suspicions. What was raised stays."""
Outcome = SuspicionDecision.Outcome


class SuspicionRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


def suspicions_go_on(*, running: Running) -> None:
    """The daily job. How many were raised is told, and of nobody's name."""
    running.finish(outcome={"raised": suspicions_raise()})


def suspicions_raise() -> int:
    """Raise what the facts of the last months show and was not raised before; returns how many are
    new. Run twice, late, or by two at once, each is raised once; none is ever taken back.

    Nobody is kept waiting while months are read and compared; what they show is written at the
    end. Whoever decides is told that something waits.
    """
    with read_snapshot():
        found = {each.key: each for each in _found()}
    return _raise(found)


@transaction.atomic
def _raise(found: Mapping[str, Suspected]) -> int:
    """Write those that nobody wrote meanwhile."""
    queue_up("suspicions")
    known = set(Suspicion.objects.values_list("key", flat=True)) & found.keys()
    people = {each.employee_no: each for each in Person.objects.all()}
    new = [
        Suspicion(
            key=each.key,
            kind=each.kind,
            gains=people[each.gains],
            loses=people[each.loses],
            evidence=[
                {"kind": e.kind, "no": e.no, "text": e.text, "values": dict(e.values)}
                for e in each.evidence
            ],
            found_at=clock.now(),
        )
        for key, each in sorted(found.items())
        if key not in known
    ]
    Suspicion.objects.bulk_create(new)
    _tell(new)
    return len(new)


def _found() -> Iterator[Suspected]:
    since = clock.today() - LOOKED_BACK
    numbers = numbers_by_id()
    for order in order_facts(since, numbers):
        yield from reassigned(order)
        if order.signed_on is not None:
            day = order.signed_on
            if found := signed_by_another(order, clock.start_of(day), clock.end_of(day)):
                yield found
    for conflict in conflict_facts(clock.start_of(since)):
        if found := registered_twice(conflict):
            yield found
    yield from filed_twice(file_facts(since, numbers), since)


def _tell(new: list[Suspicion]) -> None:
    """Whoever decides on any of them hears that something waits, and no names."""
    if not new:
        return
    named: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for each in new:
        named[_role_of(each)].append((each.gains_id, each.loses_id))
    told = {
        person.pk: person
        for role, pairs in named.items()
        for person, own in _deciders(role)
        if any(own.isdisjoint(pair) for pair in pairs)
    }
    last = Suspicion.objects.order_by("-pk").values_list("pk", flat=True)[0]
    notice_send(
        people=told.values(),
        key=f"suspicions/{last}",
        text=gettext_noop("Suspicions wait for your decision"),
        values={},
        url=reverse("suspicions"),
    )


def _role_of(suspicion: Suspicion) -> str:
    (role,) = roles_deciding([suspicion.gains, suspicion.loses], "manager")
    return role


def _deciders(role: str) -> Iterator[tuple[Person, set[int]]]:
    """Those who hold the role that decides, or stand in for it; with whose they do not decide."""
    today = clock.today()
    absent: dict[int, set[int]] = defaultdict(set)
    for stand_in, away in StandIn.objects.active(today).values_list("stand_in", "absent"):
        absent[stand_in].add(away)
    for person in Person.objects.acting_as(role, today):
        yield person, {person.pk} | absent[person.pk]


@transaction.atomic
def suspicion_decide(
    *, suspicion: Suspicion, outcome: str, reason: str, actor: Any
) -> SuspicionDecision:
    """Dismiss a suspicion or take it up, with the reason; once. Nothing follows from it for
    anybody: a case has its own hearing and decision (DIS-1).

    The reason stands with the decision and not in the trail of changes, which others read. Raises
    `SuspicionRefused` for who comes second.
    """
    if outcome not in Outcome.values:
        raise SuspicionRefused(_("Dismiss it, or take it up."))
    if not reason.strip():
        raise SuspicionRefused(_("A decision needs its reason."))
    try:
        with transaction.atomic():
            made = SuspicionDecision.objects.create(
                suspicion=suspicion,
                outcome=outcome,
                reason=reason.strip(),
                by=actor,
                at=clock.now(),
            )
    except IntegrityError:
        raise SuspicionRefused(_("It was decided meanwhile; look again.")) from None
    audit(
        actor=actor,
        action="suspicion decided",
        subject=audit_subject(suspicion),
        changes={"outcome": [None, outcome], **in_place(actor, _role_of(suspicion))},
    )
    return made


@transaction.atomic
def suspicion_case_add(*, suspicion: Suspicion, case: ConductCase, actor: Any) -> bool:
    """Say that a conduct case came of a suspicion that was taken up. Whether that is new: said
    twice, it is once. Raises `SuspicionRefused`."""
    taken_up = SuspicionDecision.objects.filter(suspicion=suspicion, outcome=Outcome.TAKEN_UP)
    if not taken_up.exists():
        raise SuspicionRefused(_("Cases come of a suspicion that was taken up."))
    if case.person_id not in (suspicion.gains_id, suspicion.loses_id):
        raise SuspicionRefused(_("The case is about neither of both."))
    _made, new = SuspicionCase.objects.get_or_create(
        suspicion=suspicion, case=case, defaults={"by": actor, "at": clock.now()}
    )
    if new:
        audit(
            actor=actor,
            action="suspicion case",
            subject=audit_subject(suspicion),
            changes={"case": [None, case.case_no]},
        )
    return new
