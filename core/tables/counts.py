"""How many rows of each of the company's tables fall in a month, in one statement."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Count, DateTimeField, Value

from core.months import Month, MonthField


def rows_in(month: Month) -> dict[str, int]:
    """Rows by table: those dated in the month, or all that stand where a table has no date."""
    first, *others = (
        _counted(table, model, field, month) for table, (model, field) in settings.FACT_ROWS.items()
    )
    found = dict(first.union(*others, all=True))
    return {table: found.get(table, 0) for table in settings.FACT_ROWS}


def has_rows_in(month: Month) -> bool:
    """Whether anything at all is known to have happened in a month."""
    for table, (label, field) in settings.FACT_ROWS.items():
        if field and table != "calendar":  # which days are workdays is known years ahead
            model: Any = apps.get_model(label)
            falls = _falls_in(model._meta.get_field(field), month)
            if model._default_manager.filter(**falls).exists():
                return True
    return False


def is_dated(table: str) -> bool:
    """Whether a table's rows fall in months, or simply stand."""
    return bool(settings.FACT_ROWS[table][1])


def _counted(table: str, label: str, field: str, month: Month) -> Any:
    model: Any = apps.get_model(label)
    rows = model._default_manager.order_by()
    if field:
        rows = rows.filter(**_falls_in(model._meta.get_field(field), month))
    named = rows.annotate(fact_table=Value(table, output_field=CharField()))
    return named.values_list("fact_table").annotate(fact_rows=Count("pk"))


def _falls_in(field: Any, month: Month) -> dict[str, Any]:
    if isinstance(field, MonthField):
        return {field.name: month}
    if isinstance(field, DateTimeField):
        return {f"{field.name}__gte": month.start, f"{field.name}__lt": month.end}
    return {f"{field.name}__range": (month.first_day, month.last_day)}
