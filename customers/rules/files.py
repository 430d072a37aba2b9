"""When a customer's file is complete, and the numbers of files (CUS-1, S3.10). Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

FIRST_NUMBER, LONGEST_NUMBER = "K00001", 32
_NUMBER = re.compile(r"(.*?)([0-9]+)")


# What a file says of a firm beside its name: taken over from another of the same firm where it
# says nothing itself.
FILLED = ("address", "scale", "level", "industry", "source", "telephone")


class Lacks(StrEnum):
    """What a file can lack, in the order in which it is asked for."""

    ADDRESS = "address"
    TELEPHONE = "telephone"
    SCALE = "scale"
    INDUSTRY = "industry"
    SOURCE = "source"
    LEVEL = "level"
    CONTACT = "contact"
    DECIDES = "decides"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as the rule sees it. Of its contacts those who are still there: how many, how many
    with a telephone, how many who decide."""

    address: str = ""
    telephone: str = ""
    scale: str = ""
    industry: str = ""
    source: str = ""
    level: str = ""
    contacts: int = 0
    reached: int = 0
    deciding: int = 0


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a file has come, in whole percent, and what it lacks."""

    percent: int
    lacking: Sequence[Lacks]

    @property
    def is_complete(self) -> bool:
        return not self.lacking


def completeness(file: FileFacts) -> Completeness:
    """CUS-1: address, scale, industry, source and level are said, somebody can be telephoned (the
    firm, or a contact), and of the network there is a person, and one who decides. Each of them
    weighs the same."""
    there = {
        Lacks.ADDRESS: bool(file.address),
        Lacks.TELEPHONE: bool(file.telephone or file.reached),
        Lacks.SCALE: bool(file.scale),
        Lacks.INDUSTRY: bool(file.industry),
        Lacks.SOURCE: bool(file.source),
        Lacks.LEVEL: bool(file.level),
        Lacks.CONTACT: file.contacts > 0,
        Lacks.DECIDES: file.deciding > 0,
    }
    lacking = tuple(each for each in Lacks if not there[each])
    return Completeness(100 * (len(there) - len(lacking)) // len(there), lacking)


def said_otherwise(gone: object, kept: object) -> list[str]:
    """What a file whose place another took says that this one says otherwise or not at all, by the
    names of the fields (CUS-1)."""
    return [
        name
        for name in ("name", *FILLED)
        if getattr(gone, name) and getattr(gone, name) != getattr(kept, name)
    ]


def number_after(latest: str | None) -> str:
    """The number suggested after the latest one: the same prefix, as wide. After a number that
    does not end in digits counting begins beside it."""
    if latest is None:
        return FIRST_NUMBER
    match = _NUMBER.fullmatch(latest)
    if match is None:
        return f"{latest}-1"[-LONGEST_NUMBER:]
    prefix, digits = match.groups()
    return f"{prefix}{int(digits) + 1:0{len(digits)}d}"[-LONGEST_NUMBER:]
