"""A bank's statement of a month, made up by whoever knows what each line is for.

It knows nothing of the matching: it takes customers and slips, lets each customer pay in one of the
ways in which customers pay, and writes down which slips the money was for. Names are misspelt as
people and banks do.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from random import Random

FIRST = date(2026, 10, 1)
CITIES = [
    "宁波",
    "杭州",
    "温州",
    "绍兴",
    "台州",
    "嘉兴",
    "湖州",
    "金华",
    "苏州",
    "无锡",
    "上海",
    "南京",
]
WORDS = [
    "恒达",
    "泰诚",
    "瑞远",
    "通美",
    "源兴",
    "丰隆",
    "宏安",
    "永昌",
    "海联",
    "正泰",
    "新科",
    "鼎盛",
]
TRADES = ["五金", "电器", "机电", "照明", "仪器", "自动化", "医疗器械", "建材", "塑胶", "包装"]
FORMS = ["有限公司", "有限责任公司", "股份有限公司", "贸易有限公司", "科技有限公司"]
# Known customers who differ by one sign: 华强 and 华为.
ALIKE = [("华强", "华为"), ("金龙", "金泰"), ("东方", "东风"), ("信达", "信元"), ("永兴", "永胜")]
SAME_SOUND = dict(
    zip(
        "恒达泰诚瑞远通美源兴丰隆宏安永昌海联正泰新科鼎盛",
        "亨大太成锐苑同每元星风龙洪氨咏倡害连证太鑫棵顶圣",
        strict=True,
    )
)
OTHER_SIGNS = "博凯腾翔卓越航鹏辉煌"
PEOPLE = ["张建国", "王秀英", "李志强", "陈海波", "周丽娟", "吴永康"]
STRANGERS = [
    "中国石化销售",
    "国家税务总局宁波市税务局",
    "支付宝（中国）网络技术",
    "财付通支付科技",
    "某某物业管理",
]


@dataclass(frozen=True)
class MadeSlip:
    """A slip, and what was recorded as a transfer on it, if anything was."""

    number: int
    slip_no: str
    order_no: str
    customer: int
    amount: Decimal
    issued: date
    recorded: date | None = None


@dataclass
class MadeLine:
    """A line as the bank writes it, with the truth: the slips it pays (none: not ours), and how."""

    number: int
    day: date
    amount: Decimal
    payer: str
    memo: str
    how: str
    pays: frozenset[int] = frozenset()


@dataclass
class MadeStatement:
    customers: dict[int, str] = field(default_factory=dict)
    slips: list[MadeSlip] = field(default_factory=list)
    lines: list[MadeLine] = field(default_factory=list)


class Maker:
    def __init__(self, seed: int, lines: int) -> None:
        self.rng, self.wanted = Random(seed), lines
        self.made = MadeStatement()
        self.free: list[int] = []

    def make(self) -> MadeStatement:
        self._customers()
        ways = [
            (self._plain, 34), (self._no_form, 8), (self._no_city, 6), (self._brackets, 4),
            (self._wide, 3), (self._typo, 6), (self._sound, 6), (self._cut, 2), (self._split, 5),
            (self._merged, 7), (self._recorded, 8), (self._recorded_late, 2), (self._part, 3),
            (self._over, 2), (self._person_with_slip, 3), (self._stranger, 4),
            (self._stranger_alike, 3), (self._stranger_same_amount, 2), (self._alike, 3),
            (self._twice, 2),
        ]  # fmt: skip
        does, weights = zip(*ways, strict=True)
        while len(self.made.lines) < self.wanted:
            self.rng.choices(does, weights)[0]()
        self.made.lines = self.made.lines[: self.wanted]
        order = list(self.made.lines)
        self.rng.shuffle(order)
        self.made.lines = order
        return self.made

    # --- The company --------------------------------------------------------------------

    def _customers(self) -> None:
        names = [
            f"{city}{word}{trade}{self.rng.choice(FORMS)}"
            for city, word, trade in product(CITIES, WORDS, TRADES)
        ]
        self.rng.shuffle(names)
        names = names[:700]
        for n, (one, other) in enumerate(ALIKE * 12):
            tail = f"{TRADES[n % len(TRADES)]}有限公司"
            city = CITIES[n % len(CITIES)]
            names += [f"{city}{one}{tail}", f"{city}{other}{tail}"]
        self.made.customers = dict(enumerate(dict.fromkeys(names), 1))
        self.plain = [pk for pk, name in self.made.customers.items() if not self._is_alike(name)]
        self.rng.shuffle(self.plain)

    def _is_alike(self, name: str) -> bool:
        return any(word in name for pair in ALIKE for word in pair)

    def _amount(self) -> Decimal:
        """A third are round, as prices are."""
        if self.rng.random() < 0.33:
            return Decimal(self.rng.randint(2, 600) * 100).quantize(Decimal("0.01"))
        return Decimal(self.rng.randint(20_000, 9_000_000)).scaleb(-2)

    def _slip(
        self, customer: int, amount: Decimal | None = None, *, recorded: bool = False
    ) -> MadeSlip:
        number = len(self.made.slips) + 1
        issued = FIRST + timedelta(days=self.rng.randint(-20, 15))
        made = MadeSlip(
            number,
            f"S{number:06}",
            f"D2026{number:05}",
            customer,
            amount or self._amount(),
            issued,
            issued + timedelta(days=self.rng.randint(0, 9)) if recorded else None,
        )
        self.made.slips.append(made)
        return made

    def _customer(self) -> int:
        return self.rng.choice(self.plain)

    def _line(
        self, day: date, amount: Decimal, payer: str, how: str, *slips: MadeSlip, memo: str = ""
    ) -> None:
        number = len(self.made.lines) + 1
        pays = frozenset(slip.number for slip in slips)
        self.made.lines.append(MadeLine(number, day, amount, payer, memo or "货款", how, pays))

    def _after(self, slip: MadeSlip) -> date:
        return slip.issued + timedelta(days=self.rng.randint(0, 14))

    # --- Ways to pay --------------------------------------------------------------------

    def _pays(self, how: str, spelled) -> None:
        slip = self._slip(self._customer())
        name = spelled(self.made.customers[slip.customer])
        self._line(self._after(slip), slip.amount, name, how, slip)

    def _plain(self) -> None:
        self._pays("plain", lambda name: name)

    def _no_form(self) -> None:
        self._pays(
            "without its form",
            lambda name: (
                name.replace("有限责任公司", "").replace("股份有限公司", "").replace("有限公司", "")
            ),
        )

    def _no_city(self) -> None:
        self._pays("without its city", lambda name: name[2:])

    def _brackets(self) -> None:
        self._pays("city in brackets", lambda name: f"{name[2:4]}（{name[:2]}）{name[4:]}")

    def _wide(self) -> None:
        self._pays("with blanks", lambda name: f" {name[:2]}市　{name[2:]} ")

    def _typo(self) -> None:
        def spelled(name: str) -> str:
            at = self.rng.choice([2, 3])
            return name[:at] + self.rng.choice(OTHER_SIGNS) + name[at + 1 :]

        self._pays("one sign wrong", spelled)

    def _sound(self) -> None:
        def spelled(name: str) -> str:
            at = self.rng.choice([2, 3])
            return name[:at] + SAME_SOUND[name[at]] + name[at + 1 :]

        self._pays("same sound", spelled)

    def _cut(self) -> None:
        self._pays("cut off by the bank", lambda name: name[:-2])

    def _split(self) -> None:
        slip = self._slip(self._customer())
        day, left = self._after(slip), slip.amount
        count = self.rng.choice([2, 2, 3])
        for n in range(count):
            share = (
                left
                if n == count - 1
                else (slip.amount * self.rng.randint(15, 30) / 100).quantize(Decimal("0.01"))
            )
            left -= share
            self._line(
                day + timedelta(days=n), share, self.made.customers[slip.customer], "split", slip
            )

    def _merged(self) -> None:
        customer = self._customer()
        slips = [self._slip(customer) for _ in range(self.rng.choice([2, 2, 3, 4]))]
        day = max(slip.issued for slip in slips) + timedelta(days=self.rng.randint(0, 5))
        amount = sum((slip.amount for slip in slips), Decimal(0))
        self._line(day, amount, self.made.customers[customer], "merged", *slips)

    def _recorded(self) -> None:
        slip = self._slip(self._customer(), recorded=True)
        day = slip.recorded + timedelta(days=self.rng.choice([0, 0, 0, 1]))
        self._line(day, slip.amount, self.made.customers[slip.customer], "recorded", slip)

    def _recorded_late(self) -> None:
        slip = self._slip(self._customer(), recorded=True)
        day = slip.recorded + timedelta(days=self.rng.choice([-3, 4, 12]))
        self._line(
            day, slip.amount, self.made.customers[slip.customer], "recorded for another day", slip
        )

    def _part(self) -> None:
        slip = self._slip(self._customer())
        paid = (slip.amount * self.rng.randint(20, 95) / 100).quantize(Decimal("0.01"))
        self._line(
            self._after(slip), paid, self.made.customers[slip.customer], "less than due", slip
        )

    def _over(self) -> None:
        slip = self._slip(self._customer())
        paid = slip.amount + Decimal(self.rng.randint(1, 30_000)).scaleb(-2)
        self._line(
            self._after(slip), paid, self.made.customers[slip.customer], "more than due", slip
        )

    def _person_with_slip(self) -> None:
        slip = self._slip(self._customer())
        memo = f"货款 {self.rng.choice([slip.slip_no, slip.order_no])}"
        self._line(
            self._after(slip),
            slip.amount,
            self.rng.choice(PEOPLE),
            "a person, with the number",
            slip,
            memo=memo,
        )

    def _stranger(self) -> None:
        day = FIRST + timedelta(days=self.rng.randint(0, 29))
        self._line(day, self._amount(), self.rng.choice(STRANGERS), "a stranger")

    def _stranger_alike(self) -> None:
        """Nearly a customer's name, another company, and by chance just what the customer owes."""
        slip = self._slip(self._customer())
        name = self.made.customers[slip.customer]
        other = name[:3] + self.rng.choice(OTHER_SIGNS) + name[4:]
        if self.rng.random() < 0.4:
            other = self.rng.choice([c for c in CITIES if c != name[:2]]) + name[2:]
            if other in self.made.customers.values():
                return
        self._line(self._after(slip), slip.amount, other, "a stranger nearly called so")

    def _stranger_same_amount(self) -> None:
        slip = self._slip(self._customer())
        self._line(
            self._after(slip), slip.amount, self.rng.choice(STRANGERS), "a stranger's same amount"
        )

    def _alike(self) -> None:
        """Two customers nearly called the same owe the same; one of them pays."""
        names = {name: pk for pk, name in self.made.customers.items()}
        one, other = self.rng.choice(ALIKE)
        tail = self.rng.choice([n[4:] for n in names if n[2:4] == one])
        pairs = [(c + one + tail, c + other + tail) for c in CITIES if c + one + tail in names]
        hers, his = self.rng.choice(pairs)
        slip = self._slip(names[hers])
        self._slip(names[his], slip.amount)
        wrong = hers[:3] + self.rng.choice(OTHER_SIGNS) + hers[4:]
        self._line(
            self._after(slip), slip.amount, self.rng.choice([hers, wrong]), "of two alike", slip
        )

    def _twice(self) -> None:
        """A customer owes the same twice, and pays once: for which of the two, who knows."""
        customer = self._customer()
        one = self._slip(customer)
        self._slip(customer, one.amount)
        self._line(self._after(one), one.amount, self.made.customers[customer], "owed twice", one)
