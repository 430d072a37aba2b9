"""The people: 24 salespeople in three teams, and those around them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from salesforce.demo.rows import Row, day_or_empty, yuan
from salesforce.demo.stage import Stage

SALESPEOPLE, TEAMS = 24, 3
LEAVER, NEWCOMER = "Y023", "Y024"
TELEPHONE = ("Y009", "Y018")
DEPARTMENT = "销售部"
# number, role, team, supervisor, base salary
STAFF = (
    ("M001", "manager", DEPARTMENT, "", 9_000),
    *((f"Z{n:03}", "supervisor", f"销售{n}组", "M001", 7_000) for n in range(1, TEAMS + 1)),
    ("C001", "finance", "", "", 6_500),
    ("C002", "cashier", "", "", 6_000),
    ("K001", "keeper", "", "", 5_500),
    ("H001", "admin", "", "", 6_500),
    ("L001", "leader", "", "", 12_000),
)
# One surname a person, so that no two names are alike.
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧"
GIVEN = (
    "志远 秀兰 建国 丽华 俊杰 晓燕 海涛 雅琴 文博 玉梅 子轩 春燕 国强 诗涵 永康 佳怡 "
    "立新 慧敏 振华 婷婷 德明 思源 少峰 红霞 嘉豪 淑珍 宏伟 静怡 光明 雪梅 天宇 若兰 卫东"
)


@dataclass(frozen=True)
class Person:
    no: str
    name: str
    role: str
    team: str
    supervisor: str
    channel: str
    hired_on: date
    left_on: date | None
    base_salary: int

    def employed(self, day: date) -> bool:
        return self.hired_on <= day and (self.left_on is None or day <= self.left_on)

    def row(self) -> Row:
        return {
            "employee_no": self.no,
            "name": self.name,
            "roles": self.role,
            "team": self.team,
            "supervisor_no": self.supervisor,
            "channel": self.channel,
            "hired_on": self.hired_on.isoformat(),
            "left_on": day_or_empty(self.left_on),
            "base_salary": yuan(self.base_salary),
        }


def people_of(stage: Stage) -> list[Person]:
    rng = stage.random("people")
    names = iter(_names(rng))
    staff = [
        Person(
            no,
            next(names),
            role,
            team,
            supervisor,
            "",
            stage.first_day - timedelta(days=rng.randint(1_100, 3_600)),
            None,
            salary * 100,
        )
        for no, role, team, supervisor, salary in STAFF
    ]
    return staff + [_salesperson(stage, rng, n, next(names)) for n in range(1, SALESPEOPLE + 1)]


def salespeople(people: Iterable[Person]) -> list[Person]:
    return [person for person in people if person.role == "salesperson"]


def _names(rng: Random) -> list[str]:
    surnames, given = list(SURNAMES), GIVEN.split()
    rng.shuffle(surnames)
    rng.shuffle(given)
    return [surname + name for surname, name in zip(surnames, given, strict=True)]


def _salesperson(stage: Stage, rng: Random, number: int, name: str) -> Person:
    no, team = f"Y{number:03}", (number - 1) % TEAMS + 1
    hired_on = stage.first_day - timedelta(days=rng.randint(240, 1_800))
    return Person(
        no,
        name,
        "salesperson",
        f"销售{team}组",
        f"Z{team:03}",
        "telephone" if no in TELEPHONE else "field",
        stage.workday(1, 6) if no == NEWCOMER else hired_on,
        stage.workday(1, 11) if no == LEAVER else None,
        rng.randrange(4_200, 6_801, 50) * 100,
    )
