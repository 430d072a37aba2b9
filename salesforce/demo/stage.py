"""When the demo plays: three calendar months, the company's workdays in them, and now."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

import holidays

SATURDAY = 5
DAYS_BEFORE, DAYS_AFTER = 100, 140


@dataclass(frozen=True)
class Stage:
    """The scene all subjects share. A month is 0, 1 or 2; the last is the one of `now`."""

    now: datetime
    seed: int
    months: tuple[date, date, date]
    workdays: list[date]
    exceptions: dict[date, tuple[bool, str]]

    @classmethod
    def set_up(cls, *, now: datetime, seed: int) -> "Stage":
        last = now.date().replace(day=1)
        middle = _month_before(last)
        months = (_month_before(middle), middle, last)
        national = holidays.country_holidays("CN")
        days = [months[0] + timedelta(days=n) for n in range(-DAYS_BEFORE, DAYS_AFTER)]
        workdays = [day for day in days if national.is_working_day(day)]
        exceptions = _exceptions(months, workdays, national)
        workdays = [
            day for day in days if exceptions.get(day, (national.is_working_day(day), ""))[0]
        ]
        return cls(now, seed, months, workdays, exceptions)

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def first_day(self) -> date:
        return self.months[0]

    def random(self, subject: str) -> Random:
        """Chance of its own for each subject: more of one changes nothing in another."""
        return Random(f"{self.seed}/{subject}")

    def begun(self, day: date) -> bool:
        return datetime.combine(day, time.min) < self.now

    def workday(self, month: int, index: int) -> date:
        """The workday so many after a month's first; the count may run on over the month's end."""
        return self.workdays[bisect_left(self.workdays, self.months[month]) + index]

    def workday_from(self, day: date, steps: int) -> date:
        """The workday so many steps after (before: negative) a day, or after the next workday."""
        return self.workdays[bisect_left(self.workdays, day) + steps]

    def workdays_of(self, month: int) -> list[date]:
        """All workdays of a month, the coming ones too."""
        start = self.months[month]
        return [day for day in self.workdays if (day.year, day.month) == (start.year, start.month)]

    def workdays_begun(self) -> Iterator[date]:
        return (day for day in self.workdays if day >= self.first_day and self.begun(day))


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _exceptions(
    months: tuple[date, ...], workdays: list[date], national: holidays.HolidayBase
) -> dict[date, tuple[bool, str]]:
    """The company's own word on two days (TIME-4): a workday off, a Saturday at work."""
    free = workdays[bisect_left(workdays, months[0]) + 9]
    month = [months[1] + timedelta(days=n) for n in range(28)]
    saturday = next(
        day
        for day in month
        if day.weekday() == SATURDAY and day not in workdays and day not in national
    )
    return {free: (False, "公司成立纪念日放假"), saturday: (True, "库存盘点补班")}
