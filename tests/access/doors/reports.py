"""Doors of meetings, what they talk about, cleaning and trainings.

A meeting is her team's: whoever is called to it reads there who else is.
"""

from collections.abc import Callable
from uuid import uuid4

from django.urls import reverse

from accounts.models import Person
from core.models import StoredFile
from reports.models import (
    AgendaItem,
    CleaningTurn,
    DayPlan,
    Enrolment,
    Learning,
    Meeting,
    MeetingDecision,
    MeetingSeries,
    MinutesDraft,
    Presence,
    Training,
)
from tests.access.door import SALESPEOPLE, SUPERVISORS, Door, plain, those
from tests.access.doors.claims import receipt
from tests.access.world import EVERYBODY, HER_PROBLEM, HER_TASK, World
from tests.cast import LEADER, MANAGER, MATE, MEMBERS, PERSONNEL, SHE, SUPERVISOR

HER_TEAM = those(SHE, MATE, SUPERVISOR, MANAGER, LEADER, PERSONNEL)
HER_HEADS = those(SUPERVISOR, MANAGER, LEADER)
HER_NAME = (next(member.name for member in MEMBERS if member.employee_no == SHE),)


def her_meeting(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_meeting.pk])


def her_decision(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_decision.pk])


def her_series(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[MeetingSeries.objects.get().pk])


def meeting_now(world: World) -> tuple[object, ...]:
    return Meeting.objects.values_list("state", "title", "record").get(pk=world.her_meeting.pk)


def held(world: World) -> dict[str, object]:
    return {
        "token": str(uuid4()),
        "version": 0,
        "kind": "morning",
        "title": "晨会",
        "team": world.her.team,
        "starts": "10:00",
        "minutes": 20,
        "place": "",
        "chair": "",
    }


def decided(world: World) -> dict[str, object]:
    return {"token": str(uuid4()), "text": "call", "owner": world.her.pk, "due_on": "2026-11-05"}


MEETINGS = {
    "meetings": Door(plain("meetings"), get=EVERYBODY),
    "meeting_new": Door(
        plain("meeting_new"),
        get=SUPERVISORS | those(MANAGER, LEADER),
        post=HER_HEADS,
        data=lambda world: {**held(world), "on": "2026-11-03"},
        effect=lambda world: Meeting.objects.count(),
    ),
    "series": Door(plain("series"), get=EVERYBODY),
    "series_new": Door(
        plain("series_new"),
        get=those(MANAGER),
        post=those(MANAGER),
        data=lambda world: {**held(world), "weekday": "", "from_on": "2026-11-02"},
        effect=lambda world: MeetingSeries.objects.count(),
    ),
    "series_one": Door(
        her_series("series_one"),
        get=those(MANAGER),
        post=those(MANAGER),
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {**held(world), "weekday": "", "from_on": "2026-11-02"},
        effect=lambda world: MeetingSeries.objects.get().title,
    ),
    "series_stop": Door(
        her_series("series_stop"),
        post=those(MANAGER),
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {
            "end-version": 0,
            "end-until_on": "2026-11-04",
            "end-reason": "merged",
        },
        effect=lambda world: MeetingSeries.objects.get().until_on,
    ),
    "meeting": Door(
        her_meeting("meeting"),
        get=HER_TEAM,
        hidden=True,
        tells=HER_NAME,
        shows=lambda world: "早会",
    ),
    "meeting_edit": Door(
        her_meeting("meeting_edit"),
        get=HER_HEADS,
        post=HER_HEADS,
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {**held(world), "on": "2026-11-02"},
        effect=meeting_now,
    ),
    "meeting_off": Door(
        her_meeting("meeting_off"),
        post=HER_HEADS,
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {"off-version": 0, "off-reason": "a fair"},
        effect=meeting_now,
    ),
    "meeting_point": Door(
        her_meeting("meeting_point"),
        post=HER_HEADS,
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {"token": str(uuid4()), "text": "a lamp"},
        effect=lambda world: AgendaItem.objects.count(),
    ),
    "meeting_end": Door(
        her_meeting("meeting_end"),
        post=HER_HEADS,
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {"version": 0},
        effect=meeting_now,
    ),
    "meeting_presence": Door(
        her_meeting("meeting_presence"),
        get=HER_TEAM,
        post=HER_HEADS,
        hidden=True,
        sees=HER_TEAM,
        tells=HER_NAME,
        data=lambda world: {f"who_{world.her.pk}": "present"},
        effect=lambda world: Presence.objects.count(),
    ),
    "meeting_door": Door(
        lambda world: reverse("meeting_door", args=[world.her_meeting.door]),
        get=HER_TEAM,
        post=HER_TEAM,
        hidden=True,
        effect=lambda world: Presence.objects.count(),
    ),
    "meeting_minutes": Door(
        her_meeting("meeting_minutes"),
        get=HER_TEAM,
        post=HER_HEADS,
        hidden=True,
        sees=HER_TEAM,
        tells=HER_NAME,
        data=lambda world: {"version": 0, "record": "talked"},
        effect=meeting_now,
    ),
    "meeting_draft": Door(
        her_meeting("meeting_draft"),
        post=HER_HEADS,
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {"version": 0, "record": "typed"},
        effect=lambda world: MinutesDraft.objects.count(),
    ),
    "decision_new": Door(
        her_meeting("decision_new"),
        post=HER_HEADS,
        hidden=True,
        sees=HER_TEAM,
        data=decided,
        effect=lambda world: MeetingDecision.objects.count(),
    ),
    "praise_new": Door(
        lambda world: reverse("praise_new", args=[world.her_summary.pk]),
        post=HER_HEADS,
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {"person": world.her.pk, "reason": "twelve visits"},
        effect=lambda world: world.her_summary.praises.values_list("reason").get(),
    ),
    "praise_back": Door(
        lambda world: reverse(
            "praise_back", args=[world.her_summary.pk, world.her_summary.praises.get().pk]
        ),
        post=HER_HEADS,
        hidden=True,
        sees=HER_TEAM,
        effect=lambda world: world.her_summary.praises.count(),
    ),
    "problem_answer": Door(
        lambda world: reverse("problem_answer", args=[world.her_meeting.pk, world.her_problem.pk]),
        get=HER_HEADS,
        post=HER_HEADS,
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {"version": 0, "answer": "lower the price"},
        effect=lambda world: Learning.objects.get(pk=world.her_problem.pk).answer,
    ),
    "decisions": Door(plain("decisions"), get=EVERYBODY, tells=HER_NAME),
    "decision": Door(
        her_decision("decision"),
        get=HER_TEAM,
        post=HER_HEADS | those(SHE),
        hidden=True,
        sees=HER_TEAM,
        tells=HER_NAME,
        shows=lambda world: HER_TASK,
        data=lambda world: {"version": 0, "note": "done"},
        effect=lambda world: MeetingDecision.objects.get(pk=world.her_decision.pk).done_at,
    ),
    "decision_edit": Door(
        her_decision("decision_edit"),
        get=HER_HEADS,
        post=HER_HEADS,
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {**decided(world), "version": 0},
        effect=lambda world: MeetingDecision.objects.get(pk=world.her_decision.pk).text,
    ),
}


def her_turn(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_turn.pk])


def turn_now(world: World) -> tuple[object, ...]:
    rows = CleaningTurn.objects.values_list("person", "done_at", "confirmed_by")
    return rows.get(pk=world.her_turn.pk)


def certificate(world: World) -> dict[str, object]:
    """Somebody has to have come before there is a certificate."""
    world.begun_training.enrolments.update(attended=True)
    return {"files": receipt()}


ROSTER = SALESPEOPLE | SUPERVISORS | those(MANAGER, LEADER, PERSONNEL)

CLEANING = {
    # What is not theirs to confirm is refused row by row.
    "cleaning": Door(
        plain("cleaning"),
        get=ROSTER,
        post=SUPERVISORS | those(MANAGER, LEADER),
        tells=HER_NAME,
        data=lambda world: {"do": "confirm", "row": world.her_turn.pk},
    ),
    "cleaning_turn": Door(
        her_turn("cleaning_turn"),
        get=HER_TEAM,
        hidden=True,
        tells=HER_NAME,
    ),
    "cleaning_done": Door(
        her_turn("cleaning_done"),
        post=those(SHE),
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {"version": 0, "do": "done"},
        effect=turn_now,
    ),
    "cleaning_give": Door(
        her_turn("cleaning_give"),
        post=HER_HEADS,
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {
            "version": 0,
            "person": Person.objects.get(employee_no=MATE).pk,
            "reason": "her back",
        },
        effect=turn_now,
    ),
}


def her_training(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_training.pk])


def begun(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.begun_training.pk])


def training_now(world: World) -> tuple[object, ...]:
    rows = Training.objects.values_list("title", "state", "version")
    return rows.get(pk=world.her_training.pk)


def places_now(world: World) -> list[object]:
    return list(Enrolment.objects.order_by("pk").values_list("withdrawn_at", "attended"))


def training_facts(world: World) -> dict[str, object]:
    return {
        "token": str(uuid4()),
        "version": 0,
        "title": "new lamps",
        "team": world.her.team,
        "on": "2026-11-05",
        "starts": "10:00",
        "ends": "11:00",
    }


PLANNERS = those(MANAGER, PERSONNEL)

TRAININGS = {
    "trainings": Door(plain("trainings"), get=EVERYBODY),
    "training_records": Door(plain("training_records"), get=EVERYBODY),
    "training_new": Door(
        plain("training_new"),
        get=PLANNERS,
        post=PLANNERS,
        data=training_facts,
        effect=lambda world: Training.objects.count(),
    ),
    "training": Door(her_training("training"), get=HER_TEAM, hidden=True),
    "training_edit": Door(
        her_training("training_edit"),
        get=PLANNERS,
        post=PLANNERS,
        hidden=True,
        sees=HER_TEAM,
        data=training_facts,
        effect=training_now,
    ),
    "training_off": Door(
        her_training("training_off"),
        post=PLANNERS,
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {"off-version": 0, "off-reason": "the trainer is ill"},
        effect=training_now,
    ),
    # For her team alone: whoever else sees it has no place in it.
    "training_place": Door(
        her_training("training_place"),
        post=those(SHE, MATE, SUPERVISOR),
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {"do": "enrol"},
        effect=places_now,
    ),
    "training_results": Door(
        begun("training_results"),
        get=PLANNERS,
        post=PLANNERS,
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {
            "version": 0,
            f"came_{world.begun_training.enrolments.get().pk}": "yes",
        },
        effect=places_now,
    ),
    "training_end": Door(
        begun("training_end"),
        post=PLANNERS,
        hidden=True,
        sees=HER_TEAM,
        data=lambda world: {"version": 0},
        effect=lambda world: Training.objects.get(pk=world.begun_training.pk).state,
    ),
    "training_certificate": Door(
        lambda world: reverse(
            "training_certificate",
            args=[world.begun_training.pk, world.begun_training.enrolments.get().pk],
        ),
        post=PLANNERS,
        hidden=True,
        sees=HER_TEAM,
        data=certificate,
        effect=lambda world: StoredFile.objects.filter(kind="training").count(),
    ),
}

HER_DAYS = those(SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL)

DAYS = {
    "my_day": Door(
        plain("my_day"),
        get=SALESPEOPLE,
        post=SALESPEOPLE,
        data=lambda world: {"version": -1, "text": "two visits"},
        effect=lambda world: DayPlan.objects.count(),
    ),
    "problem_new": Door(
        plain("problem_new"),
        post=SALESPEOPLE,
        data=lambda world: {"token": str(uuid4()), "text": "no answer"},
        effect=lambda world: Learning.objects.count(),
    ),
    "day_plans": Door(plain("day_plans"), get=ROSTER),
    "problems": Door(plain("problems"), get=ROSTER),
    "problem": Door(
        lambda world: reverse("problem", args=[world.her_problem.pk]),
        get=HER_DAYS,
        post=those(SHE),
        hidden=True,
        sees=HER_DAYS,
        shows=lambda world: HER_PROBLEM,
        data=lambda world: {"version": 0, "text": "still no answer"},
        effect=lambda world: Learning.objects.get(pk=world.her_problem.pk).text,
    ),
}

DOORS = {**MEETINGS, **CLEANING, **TRAININGS, **DAYS}
