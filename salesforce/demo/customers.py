"""Customer files: some long known, some new, a few nobody calls on any more."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from random import Random

from salesforce.demo.people import Person
from salesforce.demo.rows import Row
from salesforce.demo.stage import Stage

OLD, ASLEEP = 12, 2
CITIES = ["杭州", "宁波", "温州", "绍兴", "台州", "嘉兴", "湖州", "金华", "苏州", "无锡"]
WORDS = ["恒达", "泰诚", "瑞远", "通美", "源兴", "丰隆", "宏安", "永昌", "海联", "正泰", "新科"]
TRADES = ["五金", "电器", "机电", "照明", "仪器", "自动化", "医疗器械", "建材"]
FORMS = ["有限公司", "贸易有限公司", "工程有限公司", "经营部"]
STREETS = ["人民路", "解放路", "中山路", "建设路", "环城北路", "工业大道", "滨江路", "科技园路"]
SCALES = ("小型", "小型", "中型", "中型", "大型")


@dataclass(frozen=True)
class Customer:
    no: str
    name: str
    address: str
    scale: str
    owner: str
    created_on: date
    asleep: bool = False

    def row(self) -> Row:
        return {
            "customer_no": self.no,
            "name": self.name,
            "address": self.address,
            "scale": self.scale,
            "owner_no": self.owner,
            "created_on": self.created_on.isoformat(),
        }


def customers_of(stage: Stage, sellers: list[Person]) -> list[Customer]:
    """All files, numbered as they were opened."""
    rng = stage.random("customers")
    names = _names(rng)
    files = [
        _file(
            rng,
            names.pop(),
            person,
            day,
            n < ASLEEP and person.channel == "field",
            new=day >= stage.first_day,
        )
        for person in sellers
        for n, day in enumerate(_created(stage, rng, person))
    ]
    files.sort(key=lambda file: (file.created_on, file.name))
    return [replace(file, no=f"K{n:05}") for n, file in enumerate(files, 1)]


def _names(rng: Random) -> list[tuple[str, str]]:
    """City and name, each name once."""
    names = [
        (city, f"{city}{word}{trade}{rng.choice(FORMS)}")
        for city, word, trade in product(CITIES, WORDS, TRADES)
    ]
    rng.shuffle(names)
    return names


def _created(stage: Stage, rng: Random, person: Person) -> list[date]:
    """When a salesperson's files were opened, the oldest first."""
    if person.hired_on >= stage.first_day:
        return [stage.workday_from(person.hired_on, n // 3) for n in range(OLD)]
    known = (stage.first_day - timedelta(days=45) - person.hired_on).days
    old = [person.hired_on + timedelta(days=rng.randint(1, known)) for _ in range(OLD)]
    new = [
        rng.choice(stage.workdays_of(month)) for month in range(3) for _ in range(rng.randint(0, 2))
    ]
    return sorted(day for day in old + new if day <= stage.today and person.employed(day))


def _file(
    rng: Random,
    city_and_name: tuple[str, str],
    owner: Person,
    day: date,
    asleep: bool,
    *,
    new: bool,
) -> Customer:
    """A customer's file; of the new ones, some are not complete yet (CUS-1)."""
    city, name = city_and_name
    address = f"{city}市{rng.choice(STREETS)}{rng.randint(1, 480)}号"
    scale = rng.choice(SCALES)
    if new and rng.random() < 0.2:
        address, scale = "", ""
    return Customer("", name, address, scale, owner.no, day, asleep)
