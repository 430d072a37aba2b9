"""The leader's page held against the facts and the ledger: every figure is added up here anew, by
plain queries that know nothing of the page's own reads, and every figure's link is followed: what
it lists comes to the figure.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

from django.urls import reverse

from accounts.models import Person
from core import clock
from core.months import Month
from customers.models import Complaint, Visit
from orders.models import Delivery, Order
from payroll.models import Entry, PayMonth
from performance.models import Target
from policy.models import PolicyParameter
from receivables.models import BadDebt, CutoffMonth, Payment
from tests.cast import client_of

NOTHING = Decimal("0.00")


class Figures(HTMLParser):
    """The rows of the page's tables: text and address of each cell, by the figure's key."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: dict[str, list[tuple[str, str]]] = {}
        self._cells: list[tuple[str, str]] | None = None
        self._address = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "tr":
            key = given.get("data-figure")
            self._cells = self.rows.setdefault(key, []) if key else None
        if tag == "a" and self._cells is not None:
            self._address = given["href"]
            self._cells.append(("", self._address))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._address = ""
        if tag == "tr":
            self._cells = None

    def handle_data(self, data: str) -> None:
        if self._address and self._cells:
            text, address = self._cells[-1]
            self._cells[-1] = (text + data.strip(), address)


def number(text: str) -> Decimal | None:
    """A figure as the page has it; None where it has none."""
    plain = text.replace(",", "").replace("−", "-").removesuffix("%").strip()
    return None if plain == "—" else Decimal(plain)


def months_up_to(last: Month) -> list[Month]:
    months = [last]
    while len(months) < 6:
        months.insert(0, months[0].previous())
    return months


# What each figure comes to.


def money_in(month: Month) -> Decimal:
    """A transfer counts when it was received, other money when it was handed in; from after one
    cutoff up to the next, as they were taken down, else the 28th at four."""
    after, until = _cutoff(month.previous()), _cutoff(month)
    found = NOTHING
    for row in Payment.objects.all():
        at = row.received_at if row.method == "transfer" else row.handed_in_at
        if at is not None and after < at <= until:
            found += row.amount - row.undone
    return found


def _cutoff(month: Month) -> datetime:
    taken_down = CutoffMonth.objects.filter(month=month).first()
    if taken_down:
        return taken_down.cutoff
    following = CutoffMonth.objects.filter(month=month.next()).first()
    if following:
        return following.after
    told = PolicyParameter.objects.filter(parameter__startswith="cutoff")
    assert not told.exists(), "the 28th is what the regulation says"
    return clock.from_local(datetime(month.year, month.number, 28, 16))  # noqa: DTZ001


def signed_in(month: Month) -> Decimal:
    rows = Order.objects.filter(signed_on__gte=month.first_day, signed_on__lte=month.last_day)
    return sum((row.amount for row in rows), NOTHING)


def target_in(month: Month) -> Decimal | None:
    """A month's own target, else a twelfth of the contract's year by days employed; the made-up
    companies set no others."""
    found = []
    for person in Person.objects.filter(roles__contains="salesperson"):
        first = max(person.hired_on, month.first_day)
        last = min(person.left_on or date.max, month.last_day)
        days = (last - first).days + 1
        if days <= 0:
            continue
        own = Target.objects.filter(person=person).order_by("period")
        assert all(len(row.period) == 7 and "Q" not in row.period for row in own)
        of_month = own.filter(period=str(month)).first()
        if of_month:
            found.append(of_month.amount)
        elif person.contract_target is not None:
            whole = (month.last_day - month.first_day).days + 1
            exact = person.contract_target * days / (12 * whole)
            found.append((exact + Decimal("1E-12")).quantize(Decimal("0.01"), "ROUND_HALF_UP"))
    return sum(found, NOTHING) if found else None


def overdue_in(month: Month) -> Decimal | None:
    """Of each order: what was delivered more than ten days before, less all that came in."""
    if month.first_day > clock.today():
        return None
    morning = min(month.next().first_day, clock.today())
    old = morning - timedelta(days=11)
    found = NOTHING
    for order in Order.objects.filter(pk__in=Delivery.objects.values("order")):
        rows = Delivery.objects.filter(order=order, delivered_on__lt=morning)
        due = sum((r.amount - r.returned for r in rows if r.delivered_on <= old), NOTHING)
        covered = NOTHING
        for row in Payment.objects.filter(slip__order=order):
            at = row.received_at if row.method == "transfer" else row.handed_in_at
            if at is not None and clock.local_date(at) < morning:
                covered += row.amount - row.undone
        for case in BadDebt.objects.filter(order=order, outcome="dead", outcome_on__lt=morning):
            lost = [r.amount - r.returned for r in rows if r.delivered_on <= case.outcome_on]
            covered = max(covered, sum(lost, NOTHING))
        found += max(NOTHING, due - covered)
    return found


def visits_in(month: Month) -> Decimal:
    rows = Visit.objects.filter(void=False).values_list("kind", "at")
    days = [clock.local_date(at) for kind, at in rows if kind != "telephone"]
    return Decimal(sum(month.first_day <= day <= month.last_day for day in days))


def complaints_in(month: Month) -> Decimal:
    rows = Complaint.objects.values_list("opened_on", flat=True)
    return Decimal(sum(month.first_day <= day <= month.last_day for day in rows))


def rule_in(rule: str) -> Callable[[Month], Decimal]:
    def come_to(month: Month) -> Decimal:
        rows = Entry.objects.filter(rule=rule, pay_month=month, purpose="charge")
        plus = sum((row.amount for row in rows if row.target == "pay"), NOTHING)
        return plus - sum((row.amount for row in rows if row.source == "pay"), NOTHING)

    return come_to


def charges_in(rule: str) -> Callable[[Month], Decimal]:
    def counted(month: Month) -> Decimal:
        rows = Entry.objects.filter(rule=rule, for_month=month, purpose="charge")
        taken_back = set(rows.exclude(reverses=None).values_list("reverses", flat=True))
        taken_back |= set(Entry.objects.exclude(reverses=None).values_list("reverses", flat=True))
        first_hand = rows.filter(reverses=None)
        return Decimal(sum(row.pk not in taken_back for row in first_hand))

    return counted


def share_of(part: Callable[[Month], Decimal]) -> Callable[[Month], Decimal | None]:
    def share(month: Month) -> Decimal | None:
        target = target_in(month)
        if not target:
            return None
        return (100 * part(month) / target).quantize(Decimal("0.1"), "ROUND_HALF_UP")

    return share


SUMS: dict[str, Callable[[Month], Decimal | None]] = {
    "money": money_in,
    "target": target_in,
    "money-share": share_of(money_in),
    "signed": signed_in,
    "signed-share": share_of(signed_in),
    "overdue": overdue_in,
    "visits": visits_in,
    "complaints": complaints_in,
}


def sums_of(key: str) -> Callable[[Month], Decimal | None]:
    kind, _dash, rule = key.partition("-")
    if kind in ("lines", "charges"):
        return rule_in(rule) if kind == "lines" else charges_in(rule)
    return SUMS[key]


# What the records listed behind a figure come to.


def listed(key: str, table: Any) -> Decimal:
    rows: list[Any] = list(table.data[0 : len(table.data)])
    kind = key.partition("-")[0]
    if key.endswith("-share"):
        kind = "target"
    of: dict[str, Callable[[Any], Decimal]] = {
        "money": lambda row: row.amount - row.undone,
        "target": lambda row: row.attained.target or NOTHING,
        "signed": lambda row: row.amount,
        "overdue": lambda row: row.unpaid,
        "lines": lambda row: row.amount if row.target == "pay" else -row.amount,
    }
    if kind not in of:
        return Decimal(len(rows))
    return sum((of[kind](row) for row in rows), NOTHING)


def figures_of(actor: str, last: Month) -> dict[str, list[tuple[str, str]]]:
    """The page's figures, as somebody reads them in English."""
    answer = client_of(actor).get(reverse("department", args=[last]))
    assert answer.status_code == 200
    return Figures(answer.content.decode()).rows


def leaders_page_check(actor: str, last: Month) -> set[str]:
    """Every figure of six months; the keys of those above nothing in some month."""
    months, rows = months_up_to(last), figures_of(actor, last)
    moved = Entry.objects.filter(purpose="charge", pay_month__in=months).exclude(rule="BASE")
    on_pay = {row.rule for row in moved if "pay" in (row.source, row.target)}
    shown = {key.removeprefix("lines-") for key in rows if key.startswith("lines-")}
    assert shown == on_pay
    assert set(SUMS) < set(rows)
    judged = PayMonth.objects.filter(closed_at__isnull=False)
    closed = {month for month in months if judged.filter(month=month).exists()}
    above_nothing = set()
    for key, cells in rows.items():
        assert len(cells) == len(months), key
        for month, (text, address) in zip(months, cells, strict=True):
            expected, told = sums_of(key)(month), number(text)
            if key.startswith(("lines-", "charges-")) and not expected and month not in closed:
                expected = None
            assert told == expected, (key, str(month), text, expected)
            if told:
                above_nothing.add(key)
                _follow(actor, key, month, address, told)
    return above_nothing


def _follow(actor: str, key: str, month: Month, address: str, told: Decimal) -> None:
    answer = client_of(actor).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    come_to = listed(key, answer.context["table"])
    if key.endswith("-share"):
        told = target_in(month) or NOTHING
    assert come_to == told, (key, str(month), address, come_to, told)
