"""Personnel's work: somebody leaves, somebody moves, somebody is away, what runs out (ORG-1)."""

from datetime import date, time, timedelta

from accounts.handing_over import handover_items
from accounts.models import Person
from accounts.models.positions import PositionKind
from accounts.services import (
    handover_tick,
    leaving_set,
    position_change,
    qualification_add,
    stand_in_make,
)
from accounts.services.positions import SHOWN
from accounts.services.refusals import version_of
from core import clock
from core.months import Month
from salesforce.demo.played.stage import ago, person, user

LEAVER, SUCCESSOR, MOVED, RAISED = "Y010", "Y013", "Y004", "Y003"
TICKED = 2
QUALIFICATIONS = (
    # who, what, number, valid for so many days from today
    ("Y005", "机动车驾驶证", "330203198805120017", 12),
    ("Y012", "特种设备作业人员证", "TS-2021-0457", 24),
    ("Y014", "健康证明", "NB-JK-20260311", -3),
    ("Y001", "机动车驾驶证", "330205199107230029", 400),
)


def people_play() -> None:
    _stand_ins()
    _leaver()
    _moves(Month.of(clock.today()).next().first_day)
    _qualifications()


def _stand_ins() -> None:
    """A supervisor is away today; the keeper will be next week."""
    today = clock.today()
    with ago(1, time(17, 20)):
        stand_in_make(
            actor=user("M001"),
            absent=person("Z002"),
            stand_in=person("Z001"),
            roles=frozenset(),
            from_on=today,
            until_on=today + timedelta(days=4),
            reason="参加省外行业展会",
        )
        stand_in_make(
            actor=user("K001"),
            absent=person("K001"),
            stand_in=person("C002"),
            roles=frozenset(),
            from_on=today + timedelta(days=7),
            until_on=today + timedelta(days=9),
            reason="年休假三天",
        )


def _leaver() -> None:
    """One leaves in a week; a little has been handed over."""
    leaver = person(LEAVER)
    with ago(3, time(11, 0)):
        leaving_set(
            actor=user("H001"),
            person=leaver,
            seen=version_of(leaver, SHOWN),
            left_on=clock.today() + timedelta(days=10),
        )
    with ago(1, time(16, 40)):
        for item in list(handover_items([leaver.pk]))[:TICKED]:
            handover_tick(actor=user("Z001"), person=leaver, item=item, to=person(SUCCESSOR))


def _moves(from_on: date) -> None:
    moved, raised = person(MOVED), person(RAISED)
    with ago(2, time(9, 45)):
        _move(
            moved,
            PositionKind.TRANSFER,
            from_on,
            {"team": "销售2组", "supervisor_id": person("Z002").pk},
            "二组新增片区，本人同意调组",
        )
        _move(
            raised,
            PositionKind.PAY,
            from_on,
            {"base_salary": raised.base_salary + 300},
            "年度考评优秀，底薪上调一档",
        )


def _move(who: Person, kind: str, from_on: date, values: dict[str, object], reason: str) -> None:
    position_change(
        actor=user("H001"),
        person=who,
        seen=version_of(who, SHOWN),
        kind=kind,
        from_on=from_on,
        values=values,
        reason=reason,
    )


def _qualifications() -> None:
    personnel = user("H001")
    for no, name, number, days in QUALIFICATIONS:
        qualification_add(
            actor=personnel,
            person=person(no),
            name=name,
            number=number,
            valid_until=clock.today() + timedelta(days=days),
        )
