"""Doors of leave: requests, the calendar, reward leave, leave types."""

from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from attendance.models import Leave, LeaveStep, LeaveType, RewardGrant
from core.files.models import StoredFile
from tests import cast
from tests.access.door import SUPERVISORS, Door, plain, those
from tests.access.world import EVERYBODY, World
from tests.cast import LEADER, MANAGER, PERSONNEL, SHE, SUPERVISOR

HER_NAME = next(each.name for each in cast.MEMBERS if each.employee_no == SHE)
DECIDERS = SUPERVISORS | those(MANAGER, LEADER, PERSONNEL)
# Her attendance: hers, those above her, personnel. Money sees none of it.
HER_LEAVE = those(SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL)
GIVERS = those(MANAGER, LEADER, PERSONNEL)
KEEPS = those(PERSONNEL)


def her_leave(name: str) -> Callable[[World], str]:
    """Of the request that waits for her illness; her approved one, for what is done with such."""
    return lambda world: reverse(name, args=[world.her_leave.pk])


def approved(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_approved_leave.pk])


def her_leave_now(world: World) -> tuple[object, ...]:
    return Leave.objects.values_list("version", "status").get(pk=world.her_leave.pk)


def approved_now(world: World) -> tuple[object, ...]:
    rows = Leave.objects.values_list("version", "status", "special_case")
    return rows.get(pk=world.her_approved_leave.pk)


def reward_of_hers(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_reward.pk])


def a_type(name: str) -> Callable[[World], str]:
    def address(world: World) -> str:
        LeaveType.objects.get_or_create(code="annual", defaults={"name": "年假", "pay_rate": 1})
        return reverse(name, args=["annual"])

    return address


def record() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return SimpleUploadedFile("record.jpg", made.getvalue(), content_type="image/jpeg")


def asked(world: World) -> dict[str, object]:
    return {
        "token": str(uuid4()),
        "type": "personal",
        "start_on": "2026-11-09",
        "start_half": "am",
        "end_on": "2026-11-09",
        "end_half": "pm",
        "reason": "a wedding",
    }


def type_facts(world: World) -> dict[str, object]:
    return {
        "version": 0,
        "code": "marriage",
        "name": "婚假",
        "percent": "100",
        "monthly_cap_days": "",
        "past_cap": "absence",
    }


def given(world: World) -> dict[str, object]:
    return {
        "token": str(uuid4()),
        "person": world.her.pk,
        "days": "1",
        "use_by": "2026-12-31",
        "reason": "best of the month",
    }


DOORS = {
    "leaves": Door(plain("leaves"), get=EVERYBODY),
    "leaves_to_decide": Door(
        plain("leaves_to_decide"),
        get=DECIDERS,
        post=DECIDERS,
        data=lambda world: {"do": "approve", "row": world.her_leave.pk},
    ),
    "leave_new": Door(
        plain("leave_new"),
        get=EVERYBODY,
        post=EVERYBODY,
        data=asked,
        effect=lambda world: Leave.objects.count(),
    ),
    "leave_cost": Door(plain("leave_cost"), get=EVERYBODY, is_page=False),
    # Who of one's team is away, by name; not why.
    "leave_calendar": Door(plain("leave_calendar"), get=EVERYBODY, tells=(HER_NAME,)),
    "leave_calendar_month": Door(
        lambda world: reverse("leave_calendar_month", args=["2026-10"]),
        get=EVERYBODY,
        tells=(HER_NAME,),
    ),
    "leave_one": Door(her_leave("leave_one"), get=HER_LEAVE, hidden=True),
    "leave_hand_in": Door(
        her_leave("leave_hand_in"),
        post=those(SHE, PERSONNEL),
        hidden=True,
        sees=HER_LEAVE,
        data=lambda world: {"files": record()},
        effect=lambda world: StoredFile.objects.filter(kind="leave").count(),
    ),
    "leave_take_back": Door(
        her_leave("leave_take_back"),
        post=those(SHE),
        hidden=True,
        sees=HER_LEAVE,
        data=lambda world: {"version": 0},
        effect=her_leave_now,
    ),
    # The supervisor first: nobody goes over their head.
    "leave_decision": Door(
        her_leave("leave_decision"),
        post=those(SUPERVISOR),
        hidden=True,
        sees=HER_LEAVE,
        data=lambda world: {"do": "refuse", "version": 0, "step": 1, "reply": "no"},
        effect=her_leave_now,
    ),
    "leave_undo": Door(
        approved("leave_undo"),
        post=those(SHE, SUPERVISOR, MANAGER, LEADER),
        hidden=True,
        sees=HER_LEAVE,
        data=lambda world: {"version": 0, "reply": "the fair"},
        effect=approved_now,
    ),
    "leave_make_special": Door(
        approved("leave_make_special"),
        post=those(SUPERVISOR, MANAGER, LEADER),
        hidden=True,
        sees=HER_LEAVE,
        data=lambda world: {"version": 0, "reply": "her father is ill"},
        effect=lambda world: (approved_now(world), LeaveStep.objects.count()),
    ),
    "rewards": Door(plain("rewards"), get=EVERYBODY),
    "reward_new": Door(
        plain("reward_new"),
        get=GIVERS,
        # Personnel gives the leader's alone.
        post=those(MANAGER, LEADER),
        data=given,
        effect=lambda world: RewardGrant.objects.count(),
    ),
    "reward": Door(reward_of_hers("reward"), get=HER_LEAVE, hidden=True),
    "reward_back": Door(
        reward_of_hers("reward_back"),
        post=those(MANAGER, LEADER),
        hidden=True,
        sees=HER_LEAVE,
        data=lambda world: {"why": "a wrong name"},
        effect=lambda world: RewardGrant.objects.get(pk=world.her_reward.pk).taken_back_at,
    ),
    "leave_types": Door(plain("leave_types"), get=KEEPS),
    "leave_type_new": Door(
        plain("leave_type_new"),
        get=KEEPS,
        post=KEEPS,
        data=type_facts,
        effect=lambda world: LeaveType.objects.count(),
    ),
    "leave_type_edit": Door(
        a_type("leave_type_edit"),
        get=KEEPS,
        post=KEEPS,
        data=type_facts,
        effect=lambda world: LeaveType.objects.get(code="annual").name,
    ),
    "leave_type_retire": Door(
        a_type("leave_type_retire"),
        post=KEEPS,
        data=lambda world: {"version": 0},
        effect=lambda world: LeaveType.objects.get(code="annual").retired_on,
    ),
}
