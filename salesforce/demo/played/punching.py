"""An attendance machine on file that pushes, and a punch on the phone with its place (ATT-1)."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from accounts.models import Person
from attendance.models import Punch
from attendance.panels import away
from attendance.services.devices import device_add
from attendance.services.punching import Place, punch_make, punch_place
from attendance.services.pushing import punches_take
from core import clock
from core.months import Month
from policy.querysets import workdays
from salesforce.demo.played.stage import ago, form, on, person, user

KEEPER, ON_THE_PHONE = "H001", "Y001"
AT_A_CUSTOMERS = Place(29.868312, 121.544031, 18)
BACK_FROM_LUNCH = time(12, 31)


def punching_play() -> None:
    with ago(40, time(16, 20)):
        device, _token = device_add(name="前台考勤机", place="一楼前台", actor=user(KEEPER))
    # What it sends again is known; somebody's card was never handed in.
    nobodys = {"employee_no": "Y088", "at": f"{clock.today()}T00:00:00"}
    punches_take(device=device, rows=[*_latest(), nobodys])
    if clock.today() in workdays():
        punches_take(device=device, rows=list(_this_morning()))
    _on_the_phone()


def _this_morning() -> Iterator[dict[str, Any]]:
    """Who came in today so far: most in time, some late, now and then somebody not at all."""
    today = clock.today()
    gone = away(today)
    here = Person.objects.salespeople().employed_in(Month.of(today)).here_on(today)
    for n, who in enumerate(here.exclude(pk__in=gone).order_by("employee_no")):
        came = clock.at(today, time(9, 4 + n % 50) if n % 9 == 4 else time(8, 35 + n * 7 % 24))
        if n % 11 != 7 and came <= clock.now():
            yield {"employee_no": who.employee_no, "at": came.isoformat()}


def _latest() -> list[dict[str, Any]]:
    known = Punch.objects.order_by("-at").values_list("person__employee_no", "at")[:60]
    return [{"employee_no": no, "at": at.isoformat()} for no, at in known if not at.microsecond]


def _on_the_phone() -> None:
    """Where somebody is here today already, so that the day stays what it is."""
    who, today = person(ON_THE_PHONE), clock.today()
    noon = clock.at(today, BACK_FROM_LUNCH)
    here = Punch.objects.filter(person=who, at__gte=clock.start_of(today), at__lt=noon)
    if not here.exists() or clock.now() < clock.at(today, time(9, 30)):
        return
    with on(today, BACK_FROM_LUNCH):
        token = form("punch on the phone")
        punch_make(person=who, token=token)
        punch_place(person=who, token=token, place=AT_A_CUSTOMERS)
