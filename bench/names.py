"""Names of customers as a company near Ningbo has them: half are of the town, few of any other."""

from random import Random

TOWN = "宁波"
ELSEWHERE = (
    *("杭州", "绍兴", "温州", "台州", "嘉兴", "金华", "湖州", "衢州", "舟山", "丽水", "苏州"),
    *("无锡", "常州", "南通", "扬州", "徐州", "合肥", "芜湖", "南昌", "福州", "厦门", "泉州"),
    *("青岛", "烟台", "济南", "武汉", "长沙", "广州", "佛山", "东莞", "成都", "重庆", "大连"),
)
SIGNS = "华强盛达兴隆恒信永泰金源新光东海宏远嘉禾瑞祥广运长安天成万和鼎丰顺诚立德明辉中联"
TRADES = (
    *("五金", "建材", "机电", "食品", "服饰", "塑料", "轴承", "包装"),
    *("电器", "纺织", "化工", "模具", "阀门", "文具", "家具", "水产"),
)
KINDS = ("有限公司", "商行", "贸易有限公司", "厂")


def customer_name(number: int) -> str:
    """Always the same name for the same customer."""
    rng = Random(number)
    town = TOWN if number % 2 else rng.choice(ELSEWHERE)
    sign = "".join(rng.sample(SIGNS, 2))
    return f"{town}{sign}{rng.choice(TRADES)}{rng.choice(KINDS)}"
