"""Projects: what looks alike, when a requirement list is complete, which way a stage goes, what
went stale (CUS-3, CUS-4). Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from rapidfuzz import fuzz

from core.pinyin import syllables

STAGES = ("need", "proposal", "talks", "contract", "follow-up")

# Of a firm's name: what says where it is, and what it is by law. Longer ones first.
PROVINCES = (
    "黑龙江|内蒙古|北京|天津|上海|重庆|河北|山西|辽宁|吉林|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|"
    "广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
)
AUTONOMOUS = "壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区"
PROVINCE = re.compile(rf"^(?:{PROVINCES})(?:{AUTONOMOUS}|省|市)?")
DISTRICT = re.compile(r"^[一-鿿]{2,4}?(?:自治州|自治县|地区|市|盟|县|区)")
PLACE_ENDING = re.compile(r"(?:地区|自治州|市|盟)$")
LEGAL = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|总公司|分公司|子公司|公司|集团|商行|经营部)$"
)
NO_WORD = re.compile(r"[\W_]+")
LEAST = 2  # signs that a name keeps when something is set aside
# What is no name by itself: 浙江大学 and 宁波大学 are two.
GENERIC = re.compile(
    r"(?:大学|学院|医院|中学|小学|银行|电气|电器|电力|电机|电子|机械|机电|钢铁|石化|化工|水泥|建设|"
    r"建筑|纺织|铝业|交通|地铁|机场|港口|港务|自来水|热电|燃气|轴承|轮胎|汽车|药业|制药|食品|包装|塑料|模具)"
)

ALIKE, MISTYPED = 80, 92  # of 100: syllables in common; letters of the pinyin in common


class Likeness(Enum):
    """In what two registrations are alike."""

    NAME = "name"
    CUSTOMER = "customer"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class ProjectKeys:
    """A registration as it is compared: each a row of syllables, with blanks between."""

    name: str
    customer: str
    prefecture: str
    address: str = ""


class Lack(Enum):
    """What a requirement list still lacks."""

    MACHINES = "machines"
    SIZES = "sizes"
    EQUIPMENT = "equipment"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a requirement list: a machine or equipment; what exactly; how many."""

    is_machine: bool
    spec: str
    quantity: int


def keys_of(*, name: str, customer: str, prefecture: str, address: str) -> ProjectKeys:
    """A registration as it is compared. The project's name is compared without the customer's
    place, too: 宁波海天注塑机 and 海天注塑机 are one."""
    place = _plain(PLACE_ENDING.sub("", _plain(prefecture)))
    return ProjectKeys(
        name=_syllables(_without_place(_plain(name), place)),
        customer=firm_key(customer, prefecture=prefecture),
        prefecture=_syllables(_without_province(place)),
        address=_syllables(_without_place(_plain(address), place)),
    )


def firm_key(name: str, *, prefecture: str = "") -> str:
    """A firm's name as it is compared: half width, small letters, without province, prefecture,
    district and legal form, in pinyin, so that homophones are one (CUS-3)."""
    place = PLACE_ENDING.sub("", _plain(prefecture))
    return _syllables(_without_place(_without_legal(_plain(name)), place))


def likeness(one: ProjectKeys, other: ProjectKeys) -> frozenset[Likeness]:
    """In what two registrations look like the same project; empty: they do not (CUS-3).

    The same customer, with the name of the project or its place alike; or another customer, if
    the name and the very address are alike.
    """
    customer = alike(one.customer, other.customer)
    name = alike(one.name, other.name)
    near = bool(one.prefecture) and one.prefecture == other.prefecture
    if customer and (name or near):
        found = {Likeness.CUSTOMER}
    elif name and near and alike(one.address, other.address):
        found = set()
    else:
        return frozenset()
    return frozenset(found | ({Likeness.NAME} if name else set()) | _near(near))


def _near(near: bool) -> set[Likeness]:
    return {Likeness.PLACE} if near else set()


def alike(one: str, other: str) -> bool:
    """Whether two keys may mean the same: equal, one the beginning of the other, most syllables in
    common, or but a letter of the pinyin apart."""
    if not one or not other:
        return False
    if one == other:
        return True
    short, long = sorted((one.split(" "), other.split(" ")), key=len)
    if len(short) < LEAST:
        return False
    if long[: len(short)] == short or fuzz.ratio(short, long) >= ALIKE:
        return True
    return fuzz.ratio("".join(short), "".join(long)) >= MISTYPED


def lacks(lines: Iterable[Line], *, no_equipment: bool) -> list[Lack]:
    """What a requirement list lacks (CUS-4, S4.7 多大机子及相关配套设备清单): a machine; of each
    machine how large; the equipment that goes with it, unless it was said that none does."""
    known = list(lines)
    machines = [line for line in known if line.is_machine and line.quantity > 0]
    return [
        lack
        for lack, is_lacking in (
            (Lack.MACHINES, not machines),
            (Lack.SIZES, any(not line.spec.strip() for line in machines)),
            (
                Lack.EQUIPMENT,
                not no_equipment and not any(not line.is_machine for line in known),
            ),
        )
        if is_lacking
    ]


def may_stand_at(stage: str, *, assigned: bool) -> bool:
    """Whether a project may stand at a stage: past the need only once somebody was assigned, which
    comes after the requirement list (CUS-4, S4.7)."""
    return stage in STAGES and (assigned or stage == STAGES[0])


def stale_on(touched: date, days: int) -> date:
    """The day from which on a project is stale: so many days after its last change of stage or
    note, as the company says (CUS-4, `project_quiet_days`)."""
    return touched + timedelta(days=days)


def _plain(text: str) -> str:
    """Half width, small letters, no blanks, no punctuation."""
    return NO_WORD.sub("", unicodedata.normalize("NFKC", text).lower())


def _syllables(plain: str) -> str:
    return " ".join(syllables(plain))


def _without_province(plain: str) -> str:
    rest = PROVINCE.sub("", plain)
    return rest or plain


def _without_place(plain: str, prefecture: str) -> str:
    """Without the province, the prefecture and a district it begins with, unless what is left is
    no name."""
    for rest in _stripped(plain, prefecture):
        if len(rest) >= LEAST and not GENERIC.fullmatch(rest):
            plain = rest
    return plain


def _stripped(plain: str, prefecture: str) -> Iterator[str]:
    rest = PROVINCE.sub("", plain)
    yield rest
    if prefecture and rest.startswith(prefecture):
        rest = rest.removeprefix(prefecture)
        rest = re.sub(r"^(?:地区|自治州|市|盟)", "", rest)
        yield rest
    rest = DISTRICT.sub("", rest)
    yield rest


def _without_legal(plain: str) -> str:
    while (rest := LEGAL.sub("", plain)) != plain and len(rest) >= LEAST:
        plain = rest
    return plain
