"""How many rows of each of the company's tables fall in a month, in one statement."""

from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField

from core.months import Month, MonthField


def rows_in(month: Month) -> dict[str, int]:
    """Rows by table: those dated in the month, or all that stand where a table has no date.

    Written out: a QuerySet for each of the tables takes several times as long to put together as
    the database needs to count.
    """
    counts, fields = _counting(tuple(settings.FACT_ROWS.items()))
    kinds = {type(field): field for field in fields}
    values = {kind: _stored_ends(field, month) for kind, field in kinds.items()}
    with connection.cursor() as cursor:
        cursor.execute(counts, [end for field in fields for end in values[type(field)]])
        return dict(cursor.fetchall())


def has_rows_in(month: Month) -> bool:
    """Whether anything at all is known to have happened in a month. One query for all tables."""
    asked, dates = [], []
    for table, (label, field) in settings.FACT_ROWS.items():
        if field and table != "calendar":  # which days are workdays is known years ahead
            model: Any = apps.get_model(label)
            falls = _falls_in(model._meta.get_field(field), month)
            rows = model._default_manager.filter(**falls).order_by().values("pk")
            sql, params = rows.query.sql_with_params()
            asked.append(f"EXISTS ({sql})")
            dates += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {' OR '.join(asked)}", dates)
        return bool(cursor.fetchone()[0])


def is_dated(table: str) -> bool:
    """Whether a table's rows fall in months, or simply stand."""
    return bool(settings.FACT_ROWS[table][1])


@cache
def _counting(tables: tuple[tuple[str, tuple[str, str]], ...]) -> tuple[str, list[Any]]:
    """SQL that gives a row of table and number for each table, and the dates it compares."""
    quote = connection.ops.quote_name
    counts, fields = [], []
    for table, (label, name) in tables:
        meta = apps.get_model(label)._meta
        count = f"SELECT '{table}', COUNT(*) FROM {quote(meta.db_table)}"
        if name:
            field: Any = meta.get_field(name)
            until = "<" if isinstance(field, DateTimeField) else "<="
            column = quote(field.column)
            count += f" WHERE {column} >= %s AND {column} {until} %s"
            fields.append(field)
        counts.append(count)
    return " UNION ALL ".join(counts), fields


def _stored_ends(field: Any, month: Month) -> list[Any]:
    return [field.get_db_prep_value(end, connection) for end in _ends(field, month)]


def _ends(field: Any, month: Month) -> tuple[Any, Any]:
    """From when to when a month lasts: up to an instant, or with its last day."""
    if isinstance(field, MonthField):
        return month, month
    if isinstance(field, DateTimeField):
        return month.start, month.end
    return month.first_day, month.last_day


def _falls_in(field: Any, month: Month) -> dict[str, Any]:
    first, last = _ends(field, month)
    if isinstance(field, DateTimeField):
        return {f"{field.name}__gte": first, f"{field.name}__lt": last}
    return {f"{field.name}__range": (first, last)}
