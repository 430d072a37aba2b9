"""Whose word a request for leave waits for: the supervisor's first, for many days the manager's
after it (ORG-1)."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.deciding import deciders_of, is_led
from accounts.models import Person
from accounts.permissions import may_decide
from accounts.querysets import led_ids
from attendance.leave_facts import LeaveRules, counted_halves, fact_of
from attendance.models import Leave, LeaveStep
from core import clock
from core.permissions import Decision

DECIDES_LEAVE = ("supervisor", "manager", "leader", "admin")
SECOND = ("manager", "leader")


def words_on(leave: Leave) -> list[LeaveStep]:
    """Every word on a request, the first one first, with who said it. One query."""
    rows = LeaveStep.objects.filter(leave=leave).select_related("by__person")
    return list(rows.order_by("at", "id"))


def step_now(leave: Leave, words: list[LeaveStep]) -> int:
    """Which word a request waits for: 1 is the first."""
    said = [w for w in words if w.approved and w.of_version == leave.version]
    return len(said) + 1


def steps_needed(leave: Leave, rules: LeaveRules) -> int:
    """How many have to approve: the manager too, where the policy of the day it is asked on says
    so and the supervisor is not the manager."""
    person = leave.person
    most = rules.book.on(clock.today()).leave_manager_days
    first = person.supervisor if is_led(person) else None
    if not most or first is None or first.has_role(*SECOND):
        return 1
    halves = counted_halves(fact_of(leave), rules.ground(person))
    return 2 if len(halves) > most * 2 else 1


def may_say(user: Any, person: Person, step: int) -> Decision:
    """Whether somebody may say the word of a step. The first is the supervisor's where there is
    one, and whoever's stands in; nobody goes over their head but as the second."""
    if step > 1:
        return may_decide(user, person, *SECOND)
    if is_led(person):
        return may_decide(user, person, "supervisor")
    return may_decide(user, person)


def whose_word(leave: Leave, step: int) -> list[Person]:
    """Who is told that a request waits for their word."""
    if step == 1:
        return deciders_of(leave.person)
    return list(Person.objects.acting_as("manager", clock.today()).exclude(pk=leave.person_id))


def leaves_to_decide(user: Any) -> "QuerySet[Leave]":
    """Requests that wait for a user's own word, as `may_say` says."""
    said = Count(
        "steps", filter=Q(steps__approved=True, steps__of_version=F("version")), distinct=True
    )
    own_word = LeaveStep.objects.filter(leave=OuterRef("pk"), of_version=OuterRef("version"))
    rows = Leave.objects.to_decide_by(user).annotate(words_said=said)
    if not user.has_role(*SECOND):
        rows = rows.filter(words_said=0)
    over_a_head = Q(words_said=0) & led_now() & ~Q(person__in=led_ids(user))
    found: QuerySet[Leave] = rows.exclude(over_a_head).exclude(
        Exists(own_word.filter(by=user, approved=True))
    )
    return found


def led_now() -> Q:
    """`accounts.deciding.is_led`, for rows that have a person."""
    higher = Q(person__roles__contains="manager") | Q(person__roles__contains="leader")
    here = Q(person__supervisor__left_on=None) | Q(person__supervisor__left_on__gte=clock.today())
    # Said first: what is asked of nobody is unknown, and its opposite would be, too.
    led = Q(person__supervisor__isnull=False)
    return led & ~higher & here & Q(person__supervisor__roles__contains="supervisor")
