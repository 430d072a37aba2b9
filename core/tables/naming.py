"""What a table, a column and a file are called in the reader's language."""

from django.utils.translation import get_language

from core.tables import exports, fact_tables
from core.tables.writing import Export


def in_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "").startswith("zh")


def table_name(name: str) -> str:
    """A table by its Chinese name, or its English one made readable."""
    chinese = {fact.name: fact.zh for fact in fact_tables().values()}
    chinese |= {export.name: export.zh for export in exports().values()}
    if in_chinese() and name in chinese:
        return chinese[name]
    return name.replace("_", " ").capitalize()


def column_names(export: Export) -> list[str]:
    return [chinese if in_chinese() else english for english, chinese in export.columns]
