"""What a month's statements come to, reckoned by the database: the sums of all and a page of rows.

However many people there are, no more of them come to Python than one page shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from accounts.models import Person
from core.db import by_code_point
from core.money import ZERO, from_fen, total
from core.months import Month


@dataclass(frozen=True, slots=True)
class Sums:
    """What statements come to: `plus` and `minus` of the rules' sums, and both together."""

    people: int
    plus: Decimal
    minus: Decimal

    @property
    def total(self) -> Decimal:
        return self.plus + self.minus


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement in a list of them."""

    employee_no: str
    name: str
    team: str
    plus: Decimal
    minus: Decimal

    @property
    def total(self) -> Decimal:
        return self.plus + self.minus


@dataclass(frozen=True, slots=True)
class Found:
    """Some of the statements that were asked for, in order, and the sums of all of them."""

    sums: Sums
    rows: Sequence[StatementRow]


NOTHING = Sums(0, ZERO, ZERO)

# Whose statements there are: of the people asked for, the salespeople employed in the month and
# whoever has lines that do not cancel each other out; nobody's before the month is closed, for
# zeros would look like a result. What a line is says `EntryQuerySet.lines`.
_STATEMENTS = """
WITH known AS ({people}),
statement AS (
    SELECT known.employee_no, known.name, known.team,
           COALESCE(sums.plus, 0) AS plus, COALESCE(sums.minus, 0) AS minus
    FROM known
    LEFT JOIN (
        SELECT person_id,
               SUM(CASE WHEN fen > 0 THEN fen ELSE 0 END) AS plus,
               SUM(CASE WHEN fen < 0 THEN fen ELSE 0 END) AS minus
        FROM (
            SELECT person_id, SUM(CASE source WHEN 'pay' THEN -amount ELSE amount END) AS fen
            FROM payroll_entry
            WHERE pay_month = %s AND purpose = 'charge' AND (source = 'pay' OR target = 'pay')
            GROUP BY person_id, rule
        ) AS line
        GROUP BY person_id
    ) AS sums ON sums.person_id = known.id
    WHERE (sums.plus <> 0 OR sums.minus <> 0 OR known.id IN ({employed}))
      AND EXISTS (SELECT 1 FROM payroll_paymonth WHERE month = %s AND state <> 'open')
)
"""

_SUMS = """
    SELECT COUNT(*), SUM(plus), SUM(minus),
           (SELECT COUNT(*) FROM payroll_duty
            WHERE month = %s AND person_id IN (SELECT id FROM known))
    FROM statement
"""

_FOUND = """
    SELECT every.people, every.all_plus, every.all_minus, page.*
    FROM (
        SELECT COUNT(*) AS people, SUM(plus) AS all_plus, SUM(minus) AS all_minus FROM statement
    ) AS every
    LEFT JOIN (SELECT * FROM statement ORDER BY {order} LIMIT %s OFFSET %s) AS page ON TRUE
    ORDER BY {order}
"""

_TEXTS = ("employee_no", "name", "team")
_AMOUNTS = {"plus": "plus", "minus": "minus", "total": "plus + minus"}


def sums_of(by_rules: Iterable[dict[str, Decimal]]) -> Sums:
    people, plus, minus = 0, ZERO, ZERO
    for by_rule in by_rules:
        people += 1
        plus += total(amount for amount in by_rule.values() if amount > 0)
        minus += total(amount for amount in by_rule.values() if amount < 0)
    return Sums(people, plus, minus)


def sums_of_month(month: Month, people: QuerySet[Person]) -> tuple[Sums, int]:
    """What the statements of these people come to, and how many duties they have. One query."""
    try:
        statements, values = _statements(month, people)
    except EmptyResultSet:  # nobody can be among these people
        return NOTHING, 0
    with connection.cursor() as cursor:
        cursor.execute(statements + _SUMS, [*values, str(month)])
        number, plus, minus, duties = cursor.fetchone()
    return Sums(number, _yuan(plus or 0), _yuan(minus or 0)), duties


def statements_found(
    month: Month,
    people: QuerySet[Person],
    *,
    order: Iterable[str] = (),
    first: int = 0,
    count: int,
) -> Found:
    """Up to `count` statements of these people from the `first` on, and the sums of all. One query.

    `order` names columns, a minus before those that descend; in the end the number decides.
    """
    try:
        statements, values = _statements(month, people)
    except EmptyResultSet:  # nobody can be among these people
        return Found(NOTHING, [])
    with connection.cursor() as cursor:
        cursor.execute(statements + _FOUND.format(order=_order_by(order)), [*values, count, first])
        rows = cursor.fetchall()
    number, plus, minus, *_page = rows[0]
    sums = Sums(number, _yuan(plus or 0), _yuan(minus or 0))
    return Found(sums, [_row(*row[3:]) for row in rows if row[3] is not None])


def _statements(month: Month, people: QuerySet[Person]) -> tuple[str, list[Any]]:
    known = people.order_by().values("id", "employee_no", "name", "team")
    known_sql, known_values = known.query.sql_with_params()
    employed_sql, employed_values = _employed(month)
    statements = _STATEMENTS.format(people=known_sql, employed=employed_sql)
    return statements, [*known_values, str(month), *employed_values, str(month)]


@lru_cache(maxsize=60)
def _employed(month: Month) -> tuple[str, Sequence[Any]]:
    """The salespeople employed in a month, as SQL: which of them there are is asked each time."""
    employed = Person.objects.salespeople().employed_in(month).order_by().values("id")
    return employed.query.sql_with_params()


def _order_by(order: Iterable[str]) -> str:
    columns = {name: by_code_point(name) for name in _TEXTS} | _AMOUNTS
    return ", ".join(
        f"{columns[name.removeprefix('-')]} {'DESC' if name.startswith('-') else 'ASC'}"
        for name in (*order, "employee_no")
    )


def _row(employee_no: str, name: str, team: str, plus: int, minus: int) -> StatementRow:
    return StatementRow(employee_no, name, team, _yuan(plus), _yuan(minus))


def _yuan(fen: int) -> Decimal:
    return from_fen(int(fen))
