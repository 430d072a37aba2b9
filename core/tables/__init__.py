"""Tables in and out: what a company brings in as files, and what it takes out."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from core.tables.table import Table
from core.tables.writing import Export


def fact_tables() -> Mapping[str, Table]:
    """Every table a company brings in, in the order in which they are loaded."""
    return _by_name(tuple(settings.FACT_TABLES))


def exports() -> Mapping[str, Export]:
    """Every table a month gives."""
    return _by_name(tuple(settings.EXPORTS))


@cache
def _by_name(paths: tuple[str, ...]) -> Mapping[str, Any]:
    return MappingProxyType({named.name: named for named in map(import_string, paths)})
