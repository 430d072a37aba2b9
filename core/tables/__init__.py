"""Tables in and out: what a company brings in as files, and what it takes out."""

from django.conf import settings
from django.utils.module_loading import import_string

from core.tables.table import Table
from core.tables.writing import Export


def fact_tables() -> dict[str, Table]:
    """Every table a company brings in, in the order in which they are loaded."""
    return {t.name: t for t in map(import_string, settings.FACT_TABLES)}


def exports() -> dict[str, Export]:
    """Every table a month gives."""
    return {e.name: e for e in map(import_string, settings.EXPORTS)}
