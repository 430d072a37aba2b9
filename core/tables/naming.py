"""What a table, a column and a file are called in the reader's language."""

from django.utils.translation import get_language

from core.tables import exports, fact_tables
from core.tables.table import Table
from core.tables.writing import Export


def in_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "").startswith("zh")


def table_name(name: str) -> str:
    """A table by its Chinese name, or its English one made readable."""
    named = exports().get(name) or fact_tables().get(name)
    return label_of(named) if named else _readable(name)


def label_of(table: Table | Export) -> str:
    return table.zh if in_chinese() else _readable(table.name)


def _readable(name: str) -> str:
    return name.replace("_", " ").capitalize()


def column_names(export: Export) -> list[str]:
    return [chinese if in_chinese() else english for english, chinese in export.columns]
