"""A row of a file that reads well."""

from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row that reads well, with the line it came from."""

    line: int
    values: Row
