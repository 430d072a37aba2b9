"""Doors of targets, commission, appraisals and activities (TAR-1, COMM-1, KPI-1, PLAN-1).

Figures are one's own and those above one's; what was talked over is hers once she was told. The
records behind tell of customers: personnel reads figures alone.
"""

from collections.abc import Callable
from uuid import uuid4

from django.urls import reverse

from core.models import JobRun
from performance.models import Activity, Appraisal, AppraisalEffect, Target
from tests.access.door import SALESPEOPLE, SUPERVISORS, Door, plain, those
from tests.access.world import HER_APPRAISAL, HER_FAIR, World
from tests.cast import LEADER, MANAGER, PERSONNEL, SHE, SUPERVISOR

HEADS = those(MANAGER, LEADER)
ALL = SALESPEOPLE | SUPERVISORS | HEADS | those(PERSONNEL)
ABOVE = HEADS | those(SUPERVISOR, PERSONNEL)
HERS = ABOVE | those(SHE)
NOVEMBER = "2026-11"


def of_period(name: str, *more: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[NOVEMBER, *more])


def told(name: str, *more: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_appraisal.pk, *more])


def drafted(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_draft_appraisal.pk])


def asked(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_activity.pk])


def approved(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_approved_activity.pk])


def planned(world: World) -> dict[str, object]:
    return {
        "token": str(uuid4()),
        "version": 0,
        "title": "road show",
        "plan": "three towns",
        "starts_on": "2026-11-05",
        "ends_on": "2026-11-05",
        "team": "",
        "people": "",
    }


def activity_now(world: World) -> str:
    return Activity.objects.values_list("state", flat=True).get(pk=world.her_approved_activity.pk)


TARGETS = {
    "my_commission": Door(plain("my_commission"), get=SALESPEOPLE, hidden=True),
    "department": Door(of_period("department"), get=HEADS),
    "department_money": Door(of_period("department_money"), get=HEADS),
    "department_overdue": Door(of_period("department_overdue"), get=HEADS),
    "department_lines": Door(of_period("department_lines", "ATT-4"), get=HEADS),
    "department_charges": Door(of_period("department_charges", "ATT-4"), get=HEADS),
    "targets": Door(of_period("targets"), get=ALL),
    "teams": Door(of_period("teams"), get=ALL),
    "leaderboard": Door(of_period("leaderboard"), get=ALL),
    "targets_file": Door(of_period("targets_file", "xlsx"), get=HEADS, is_page=False),
    "target_set": Door(
        of_period("target_set", SHE),
        get=HEADS,
        post=HEADS,
        data=lambda world: {"amount": "800", "version": 0},
        effect=lambda world: Target.objects.count(),
    ),
    "team_target_set": Door(
        of_period("team_target_set"),
        get=HEADS,
        post=HEADS,
        data=lambda world: {"team": world.her.team, "amount": "800", "version": 0},
        effect=lambda world: Target.objects.count(),
    ),
}
APPRAISALS = {
    "appraisals": Door(
        plain("appraisals"),
        get=ALL,
        post=HEADS,
        data=lambda world: {"quarter": "2026-Q3"},
        effect=lambda world: JobRun.objects.filter(kind="appraisal").count(),
    ),
    "appraisal": Door(told("appraisal"), get=HERS, hidden=True, shows=lambda world: HER_APPRAISAL),
    "appraisal_points": Door(
        drafted("appraisal_points"),
        post=HEADS,
        hidden=True,
        sees=ABOVE,
        data=lambda world: {"version": 0, "points": 3, "reason": "came in May"},
        effect=lambda world: Appraisal.objects.get(pk=world.her_draft_appraisal.pk).points,
    ),
    "appraisal_talk": Door(
        drafted("appraisal_talk"),
        post=HEADS | those(SUPERVISOR),
        hidden=True,
        sees=ABOVE,
        data=lambda world: {"version": 0, "talk": "we talked"},
        effect=lambda world: Appraisal.objects.get(pk=world.her_draft_appraisal.pk).state,
    ),
    "appraisal_answer": Door(
        told("appraisal_answer"),
        post=those(SHE),
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": 0, "objection": "no", "do": "object"},
        effect=lambda world: Appraisal.objects.get(pk=world.her_appraisal.pk).state,
    ),
    "appraisal_decision": Door(
        lambda world: reverse("appraisal_decision", args=[world.her_objected.pk]),
        post=HEADS,
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": 0, "points": 0, "reply": "it stands"},
        effect=lambda world: Appraisal.objects.get(pk=world.her_objected.pk).state,
    ),
    "appraisal_effect": Door(
        lambda world: reverse("appraisal_effect", args=[world.her_ended_appraisal.pk]),
        get=HEADS | those(SUPERVISOR),
        post=HEADS | those(SUPERVISOR),
        hidden=True,
        sees=HERS,
        data=lambda world: {
            "token": str(uuid4()),
            "what": "bonus",
            "amount": "300",
            "reason": "the best quarter",
        },
        effect=lambda world: AppraisalEffect.objects.count(),
    ),
    "appraisal_records": Door(
        told("appraisal_records", "customers"),
        get=HEADS | those(SHE, SUPERVISOR),
        hidden=True,
        sees=HERS,
    ),
}
ACTIVITIES = {
    "activities": Door(plain("activities"), get=ALL),
    "activity_new": Door(
        plain("activity_new"),
        get=SALESPEOPLE | SUPERVISORS | those(MANAGER),
        post=SALESPEOPLE | SUPERVISORS | those(MANAGER),
        data=planned,
        effect=lambda world: Activity.objects.count(),
    ),
    "activity": Door(asked("activity"), get=HERS, hidden=True, shows=lambda world: HER_FAIR),
    "activity_edit": Door(
        asked("activity_edit"),
        get=those(SHE),
        post=those(SHE),
        hidden=True,
        sees=HERS,
        data=planned,
        effect=lambda world: Activity.objects.get(pk=world.her_activity.pk).title,
    ),
    "activity_decision": Door(
        asked("activity_decision"),
        post=HEADS,
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": 0, "do": "approve", "decision": ""},
        effect=lambda world: Activity.objects.get(pk=world.her_activity.pk).state,
    ),
    "activity_result": Door(
        approved("activity_result"),
        post=HEADS | those(SHE),
        hidden=True,
        sees=HERS,
        data=lambda world: {"version": 0, "result": "two orders"},
        effect=activity_now,
    ),
    "activity_off": Door(
        approved("activity_off"),
        post=HEADS | those(SHE),
        hidden=True,
        sees=HERS,
        data=lambda world: {"off-version": 0, "off-reason": "rain"},
        effect=activity_now,
    ),
}
DOORS = {**TARGETS, **APPRAISALS, **ACTIVITIES}
