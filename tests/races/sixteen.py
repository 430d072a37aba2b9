"""Sixteen people who do the same at once, at sixteen processes that serve the pages.

Money handed in, a claim approved, money invoiced, a difference settled: what each turn is about,
and how each of them sends it. COUNTER_ROUNDS says how many turns; the usual is short.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from accounts.models import Person, User
from claims.models import Expense
from core import clock
from orders.models import Order
from receivables.models import Discrepancy, Payment
from receivables.services import handover_count
from tests.browser import databases
from tests.faults.ledger import looking_at
from tests.races.clients import Answer, Somebody, all_at_once, pages, rounds, signed_in
from tests.races.money import in_hand
from tests.races.october import she

AT_ONCE = 16
ROUNDS = rounds("COUNTER_ROUNDS", 5)


@dataclass
class Sixteen:
    """Whoever holds a role, sixteen of them, each signed in at a browser of their own."""

    port: int
    clients: dict[str, list[Somebody]] = field(default_factory=dict)

    def of(self, role: str) -> list[Somebody]:
        if role not in self.clients:
            self.clients[role] = [self._one(role, n) for n in range(AT_ONCE)]
        return self.clients[role]

    def _one(self, role: str, number: int) -> Somebody:
        person = Person.objects.create(
            employee_no=f"{role[:2].upper()}{number:02}",
            name=f"{role}{number}.",
            roles=role,
            hired_on=date(2020, 1, 1),
        )
        return signed_in(User.objects.create(username=person.employee_no, person=person), self.port)

    def post(self, role: str, path: str, *forms: list[tuple[str, object]]) -> list[Answer]:
        """Each sends a form of their own to one address, all the same moment."""
        sent = zip(self.of(role), forms, strict=True)
        return all_at_once([lambda who=who, form=form: who.post(path, form) for who, form in sent])


@contextmanager
def sixteen(company: str, folder: Path, *, guards_off: str = "") -> Iterator[Sixteen]:
    """The pages on a copy of the company, which this thread looks at."""
    with (
        databases.copy_of(company, folder) as url,
        looking_at(url),
        pages(folder, url, workers=AT_ONCE, guards_off=guards_off) as port,
    ):
        yield Sixteen(port)


def done(came: list[Answer]) -> list[Answer]:
    return [each for each in came if each.status == 302]


# What each turn is about, and what they send.


def hand_in(by: Sixteen, payment: Payment) -> list[Answer]:
    path = f"/counter/of/{payment.slip.person.employee_no}/"
    forms = [
        [("token", uuid4()), ("payments", payment.pk), ("note_10000", 1)] for _ in range(AT_ONCE)
    ]
    return by.post("cashier", path, *forms)


def claim(turn: int) -> Expense:
    return Expense.objects.create(
        claim_no=f"RACE-{turn}",
        person=she(),
        order=Order.objects.filter(person=she()).order_by("pk").first(),
        kind="travel",
        spent_on=date(2024, 1, 3),
        amount=Decimal("100.00"),
        filed_at=clock.now(),
    )


def approve(by: Sixteen, waiting: Expense) -> list[Answer]:
    forms = [
        [("version", waiting.version), ("do", "approve"), ("reply", f"word {n}.")]
        for n in range(AT_ONCE)
    ]
    return by.post("manager", f"/expenses/{waiting.pk}/decision/", *forms)


def invoice(by: Sixteen, order: Order) -> list[Answer]:
    """Each invoices all that is counted, under a number of their own."""
    forms = [
        [
            ("token", uuid4()),
            ("amount", order.amount),
            ("invoice_no", f"{order.order_no}-{n}"),
            ("issued_on", clock.today()),
        ]
        for n in range(AT_ONCE)
    ]
    return by.post("finance", f"/invoices/orders/{order.order_no}/", *forms)


def ten_missing(turn: int) -> Discrepancy:
    return handover_count(
        actor=None, person=she(), payments=[in_hand(she(), f"TEN-{turn}").pk],
        denominations={Decimal(10): 9}, token=uuid4(),
    ).discrepancy  # fmt: skip


def settle(by: Sixteen, found: Discrepancy) -> list[Answer]:
    forms = [[("version", 0), ("way", "borne"), ("note", f"word {n}.")] for n in range(AT_ONCE)]
    return by.post("finance", f"/counter/differences/{found.pk}/settle/", *forms)
