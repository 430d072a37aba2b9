"""Leave asked for, decided, waiting; reward leave given (LEA-1 to LEA-5)."""

from datetime import date, time, timedelta
from decimal import Decimal

from accounts.models import Person
from attendance.models import Leave
from attendance.services.leave import AskedLeave, leave_ask
from attendance.services.leave_deciding import leave_approve, leave_refuse
from attendance.services.rewards import reward_give
from core import clock
from core.files.reading import file_read
from policy.querysets import workdays
from policy.workdays import Workdays
from salesforce.demo.played.photo import receipt_photo
from salesforce.demo.played.stage import ago, form, person, user

SUPERVISOR, MANAGER = "Z001", "M001"


def leave_play() -> None:
    """All of it lies ahead: what has passed came with the company's tables."""
    calendar = workdays()
    _rewards()
    with ago(0, time(8, 20)):
        away = _ask(calendar, "Y001", 6, 1, "personal", "孩子学校家长会", halves=("am", "am"))
        trip = _ask(calendar, "Y002", 8, 2, "personal", "陪家人旅游")
        sick = _ask(calendar, "Y003", 4, 1, "sick", "复诊检查", record="病历.jpg")
        _ask(calendar, "Y001", 12, 5, "personal", "老家办婚礼，路途较远")
        _ask(calendar, "Y002", 12, 1, "reward", "季度优待假，陪家人")
        _ask(calendar, "Y003", 13, 1, "sick", "预约牙科手术，病历后补")
    with ago(0, time(8, 50)):
        _approve(away)
        _approve(sick)
        _refuse(trip, "这两天有客户验收，请改到下周")


def _rewards() -> None:
    for no, days, in_days in (("Y002", "2", 60), ("Y001", "1", 10)):
        with ago(3, time(16, 0)):
            reward_give(
                person=person(no),
                days=Decimal(days),
                use_by=clock.today() + timedelta(days=in_days),
                reason="上季度回款第一",
                token=form(f"reward {no}"),
                actor=user(MANAGER),
            )


def _ask(
    calendar: Workdays,
    no: str,
    after: int,
    length: int,
    kind: str,
    reason: str,
    *,
    halves: tuple[str, str] = ("am", "pm"),
    record: str = "",
) -> Leave:
    """From some workday after today on, for some workdays."""
    days = _workdays_after(calendar, after, length)
    photos = [file_read(receipt_photo(record, amount=""))] if record else []
    who: Person = Person.objects.select_related("supervisor").get(employee_no=no)
    return leave_ask(
        person=who,
        asked=AskedLeave(kind, days[0], halves[0], days[-1], halves[1], reason),
        files=photos,
        token=form(f"leave {no} {after} {kind}"),
        actor=user(no),
    )


def _workdays_after(calendar: Workdays, after: int, length: int) -> list[date]:
    found, day = [], clock.today()
    for _each in range(after + length):
        day = calendar.next_after(day)
        found.append(day)
    return found[after:]


def _approve(leave: Leave) -> None:
    leave_approve(leave=leave, step=1, actor=user(SUPERVISOR))


def _refuse(leave: Leave, why: str) -> None:
    leave_refuse(leave=leave, step=1, reply=why, actor=user(SUPERVISOR))
