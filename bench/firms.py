"""Made-up firms, and how people write them otherwise: by a seed, always the same.

A third is of the town, the others of elsewhere; what a firm is called has two to four signs of a
few hundred, what it trades in one of forty words. Real registers are as crowded.
"""

from collections import defaultdict
from dataclasses import dataclass
from random import Random

from pypinyin import lazy_pinyin

from bench.names import ELSEWHERE, TOWN

SIGNS = (
    "华强盛达兴隆恒信永泰金源新光东海宏远嘉禾瑞祥广运长安天成万和鼎丰顺诚立德明辉中联佳美康力博"
    "雅凯旋志腾飞龙翔宇航星辰正大同心友谊富贵荣昌茂森林木石玉山江河湖洋波涛云雷电春秋夏冬南北"
    "西方圆通达利益众合聚集汇智慧创优胜凡越超卓尔晨阳旭日升曙晓月亮晶莹洁清泉润泽涌沃野田园"
    "牧歌乐韵宝珠翠碧青蓝紫红朱赤丹枫桂兰竹菊梅松柏杉榕杨柳桃李杏梨橙百千亿兆双奇特精益工匠"
    "坚固铁钢银铜锡锐利剑锋驰骏马骐骥鹏鸿雁鹤鹰燕凤凰麒麟虎豹狮象鲲鲸珊瑚舟帆港湾滨岸岛屿"
)
TRADES = (
    *("五金", "建材", "机电", "食品", "服饰", "塑料", "轴承", "包装", "电器", "纺织"),
    *("化工", "模具", "阀门", "文具", "家具", "水产", "照明", "仪器", "自动化", "医疗器械"),
    *("汽配", "电子", "电缆", "管业", "门窗", "装饰", "印刷", "玩具", "鞋业", "制冷"),
    *("物流", "园林", "环保", "橡胶", "铝业", "钢构", "电机", "泵业", "紧固件", "箱包"),
)
KINDS = (
    *("有限公司",) * 6,
    *("贸易有限公司", "股份有限公司", "实业有限公司", "商行", "厂", "经营部", "工贸有限公司"),
)
WAYS = ("typo", "no place", "other form", "sounds alike", "swapped", "short")


@dataclass(frozen=True)
class MadeFirm:
    """A firm in its parts."""

    place: str
    sign: str
    trade: str
    kind: str

    def __str__(self) -> str:
        return f"{self.place}{self.sign}{self.trade}{self.kind}"


def firms(count: int, seed: int) -> list[MadeFirm]:
    """So many firms, no name twice."""
    rng = Random(seed)
    made: dict[str, MadeFirm] = {}
    while len(made) < count:
        place = TOWN if rng.random() < 1 / 3 else rng.choice(ELSEWHERE)
        sign = "".join(rng.choice(SIGNS) for _ in range(rng.choice((2, 2, 2, 3, 3, 4))))
        firm = MadeFirm(place, sign, rng.choice(TRADES), rng.choice(KINDS))
        made[str(firm)] = firm
    return list(made.values())


def _by_sound() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    # Common signs of the same sounds, beside those of the names themselves.
    for sign in sorted(set(SIGNS + "大鑫兴星新欣信鸿宏洪红恒衡横盛胜圣晟华花桦泰太钛诚成城程"
                           "达力立利丽佳嘉家加瑞锐睿祥翔详永勇涌源圆元远园")):  # fmt: skip
        found[lazy_pinyin(sign)[0]].append(sign)
    return found


SOUNDS = _by_sound()


def written_otherwise(firm: MadeFirm, way: str, rng: Random) -> str:
    """The same firm as somebody else writes it."""
    at = rng.randrange(len(firm.sign))
    if way == "typo":
        wrong = rng.choice([sign for sign in SIGNS if sign != firm.sign[at]])
        return f"{firm.place}{_with(firm.sign, at, wrong)}{firm.trade}{firm.kind}"
    if way == "no place":
        return f"{firm.sign}{firm.trade}{firm.kind}"
    if way == "other form":
        kind = rng.choice([kind for kind in KINDS if kind != firm.kind])
        return f"{firm.place}{firm.sign}{firm.trade}{kind}"
    if way == "sounds alike":
        others = [s for s in SOUNDS[lazy_pinyin(firm.sign[at])[0]] if s != firm.sign[at]]
        alike = rng.choice(others or [firm.sign[at]])
        return f"{firm.place}{_with(firm.sign, at, alike)}{firm.trade}{firm.kind}"
    if way == "swapped":
        if rng.random() < 0.5:
            return f"{firm.sign}（{firm.place}）{firm.trade}{firm.kind}"
        return f"{firm.place}{firm.sign[1:]}{firm.sign[0]}{firm.trade}{firm.kind}"
    return f"{firm.place}{firm.sign}" if rng.random() < 0.5 else f"{firm.sign}{firm.trade}"


def _with(sign: str, at: int, other: str) -> str:
    return sign[:at] + other + sign[at + 1 :]
