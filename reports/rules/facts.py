"""What the program knows of somebody's week, a line each, as a report keeps it (REP-1). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

MOST_RECORDS = 20  # of a line; the rest is behind its address


@dataclass(frozen=True, slots=True)
class FactLine:
    """One figure of a week, and where it comes from.

    `label` and `note` are marked with `gettext_noop` and translated for whoever reads them, `note`
    with `values` put in. `value`: a number of things, or yuan where `is_yuan`. `url`: the list
    behind it; `records`: each record with its address.
    """

    key: str
    label: str
    value: str
    is_yuan: bool = False
    note: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    records: tuple[tuple[str, str], ...] = ()


def number(value: int | Decimal) -> str:
    """A number as it is kept: half days as 0.5, whole ones without a fraction."""
    plain = f"{Decimal(value).normalize():f}"
    return "0" if plain in ("-0", "") else plain


def kept(lines: Iterable[FactLine]) -> list[dict[str, Any]]:
    """The lines as the report keeps them."""
    return [
        {
            "key": line.key,
            "label": line.label,
            "value": line.value,
            "is_yuan": line.is_yuan,
            "note": line.note,
            "values": dict(line.values),
            "url": line.url,
            "records": [list(record) for record in line.records[:MOST_RECORDS]],
        }
        for line in lines
    ]


def read_back(said: Iterable[Mapping[str, Any]]) -> list[FactLine]:
    """The lines of a report that was handed in."""
    return [
        FactLine(
            key=each["key"],
            label=each["label"],
            value=each["value"],
            is_yuan=each["is_yuan"],
            note=each["note"],
            values=each["values"],
            url=each["url"],
            records=tuple((text, url) for text, url in each["records"]),
        )
        for each in said
    ]
