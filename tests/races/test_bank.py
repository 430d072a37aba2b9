"""Two clerks on one line, two lines for one slip, the last two lines of a day, one file twice."""

from datetime import timedelta
from decimal import Decimal
from itertools import count
from threading import Barrier
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models import F

from accounts.models import Person, User
from core import clock
from orders.models import Order
from receivables.bank.models import BankDay, BankLine, BankMatch, BankStatement
from receivables.bank.services import (
    ChangedMeanwhile,
    MatchRefused,
    Pays,
    StatementRefused,
    days_converge,
    line_aside,
    line_match,
    statement_columns,
    statement_receive,
    statement_take,
)
from receivables.bank.services import matching as room
from receivables.models import Payment, Slip
from tests.races.at_once import PATIENCE, at_once

ROUNDS = 4
SUM = Decimal("100.00")
numbers = count(1)


def clerks() -> tuple[User, User]:
    people = Person.objects.order_by("pk")[:2]
    one, other = (
        User.objects.get_or_create(username=each.employee_no, defaults={"person": each})[0]
        for each in people
    )
    return one, other


def slip(due: Decimal = SUM) -> Slip:
    order = Order.objects.order_by("pk").first()
    return Slip.objects.create(
        slip_no=f"RACE{next(numbers):06}",
        order=order,
        person=order.person,
        issued_at=clock.now() - timedelta(days=5),
        amount_due=due,
    )


def line(*, days_ago: int = 1) -> BankLine:
    number = next(numbers)
    statement, _made = BankStatement.objects.get_or_create(
        folder="race", defaults={"owner": clerks()[0], "name": "x", "header_line": 1}
    )
    at = clock.now() - timedelta(days=days_ago)
    return BankLine.objects.create(
        statement=statement,
        number=number,
        key=f"{number:064}",
        booked_at=at,
        has_time=True,
        day=clock.local_date(at),
        amount=SUM,
        comes_in=True,
        payer="x",
        state="unmatched",
    )


def matching(found: BankLine, owed: Slip, actor: User) -> Any:
    return lambda: line_match(actor=actor, line=found, pays=[Pays(owed.pk, SUM)])


def race_for_a_line(url: str) -> tuple[BankLine, list[Any]]:
    found, (one, other) = line(), clerks()
    return found, at_once(url, matching(found, slip(), one), matching(found, slip(), other))


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_clerks_on_one_line(books, turn):
    found, came = race_for_a_line(books)
    refused = [each for each in came if each is not None]
    assert [type(each) for each in refused] == [ChangedMeanwhile], came
    assert "was faster" in str(refused[0])
    assert BankMatch.objects.filter(line=found).count() == 1


def test_control_without_the_condition_both_match(books, monkeypatch):
    def settle(line: BankLine, state: str, actor: Any, **said: Any) -> None:
        BankLine.objects.filter(pk=line.pk).update(
            state=state, settled_at=clock.now(), settled_by=actor, version=F("version") + 1
        )

    monkeypatch.setattr(room, "_settle", settle)
    found, came = race_for_a_line(books)
    assert came == [None, None]
    assert BankMatch.objects.filter(line=found).count() == 2


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_lines_for_one_slip_do_not_pay_it_twice(books, turn):
    owed, (one, other) = slip(), clerks()
    came = at_once(books, matching(line(), owed, one), matching(line(), owed, other))
    assert sorted(type(each) for each in came if each is not None) == [MatchRefused], came
    assert sum(p.amount for p in Payment.objects.filter(slip=owed)) == SUM


def race_for_a_day(url: str, days_ago: int) -> BankDay:
    (one, other), lines = clerks(), (line(days_ago=days_ago), line(days_ago=days_ago))
    days_converge(days=[lines[0].day], actor=None)
    came = at_once(
        url,
        lambda: line_aside(actor=one, line=lines[0], reason="x"),
        lambda: line_aside(actor=other, line=lines[1], reason="x"),
    )
    assert came == [None, None]
    return BankDay.objects.get(day=lines[0].day)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_the_last_two_lines_of_a_day_at_once_reconcile_it(books, turn):
    assert race_for_a_day(books, 10 + turn).reconciled_at is not None


def test_control_without_holding_the_day_nobody_says_so(books, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time: there is nothing to hold")
    meet = Barrier(2)

    def count_only(*, days: Any, actor: Any) -> None:
        meet.wait(PATIENCE)
        with transaction.atomic():
            if not BankLine.objects.left().filter(day__in=days).exists():
                BankDay.objects.filter(day__in=days).update(reconciled_at=clock.now())
        meet.wait(PATIENCE)

    monkeypatch.setattr(room, "days_converge", count_only)
    assert race_for_a_day(books, 30).reconciled_at is None


def test_one_file_sent_twice_and_taken_at_once_is_taken_once(books, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    one, other = clerks()
    day = clock.today() - timedelta(days=1)
    rows = "".join(f"{day},{n}.00,,y,m,R{n}\n" for n in range(1, 40))
    sent = []
    for clerk in (one, other):
        text = f"交易日期,收入,支出,对方户名,附言,流水号\n{rows}"
        found = statement_receive(actor=clerk, file=ContentFile(text.encode(), name="b.csv"))
        if found.state == BankStatement.State.COLUMNS:
            statement_columns(actor=clerk, statement=found, columns=found.columns)
        found.refresh_from_db()
        sent.append(found)
    take = [
        lambda statement=each, clerk=clerk: statement_take(actor=clerk, statement=statement)
        for each, clerk in zip((*sent, sent[0]), (one, other, other), strict=True)
    ]
    came = at_once(books, *take)
    assert [type(each) for each in came if each is not None] == [StatementRefused], came
    assert BankLine.objects.filter(memo="m").count() == 39
    assert BankDay.objects.get(day=day).reconciled_at is None
