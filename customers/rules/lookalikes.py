"""Which firms look like another: names as people write, hear and misspell them. Pure.

A firm is found by its keys (signs as they sound, alone and in pairs, its place, its telephone, its
street): few others share the rare ones. Those that share most are then compared in full. What looks
alike may be two firms: 华强 and 华为 do. It is told, and decided by people.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from customers.rules.firm_names import LONGEST_NAME, name_of, sound_of

ALIKE_FROM = 60
"""What is less alike is not told, of 100."""
SURELY_FROM = 86
"""From here on whoever opens another file is asked whether it is another firm."""
LONGEST_KEY = 40
_KIND = re.compile(
    r"(?:个体工商户|合伙企业|有限合伙|普通合伙|经营部|销售部|服务部|门市部|工作室|事务所|商店|商行|"
    r"商贸行|商场|超市|贸易行|总店|分店|分公司|总厂|工厂|合作社|研究院|设计院|店|厂|行|部|社)$"
)
_PURPOSE = re.compile(r"(?:贸易|商贸|实业|工贸|科技|工程|销售|制造|发展|投资|控股|集团|股份|有限)$")
_LEGAL = re.compile(r"(?:股份)?有限(?:责任)?公司|集团公司|总公司|公司")
_STREET = re.compile(r"([\u4e00-\u9fff]{2,6}?(?:大道|大街|路|街|巷|弄|道))([0-9]{1,6})号?")
_TELEPHONE = re.compile(r"[0-9]{7,12}")


class Firm(NamedTuple):
    """A firm as it is compared. `core`: what it is called, without place, legal form and kind;
    `sounds`: each sign of it as it sounds."""

    core: str
    kept: str
    place: str
    sounds: tuple[str, ...]
    telephones: frozenset[str] = frozenset()
    street: str = ""


def as_kept(firm: Firm) -> dict[str, str]:
    """A firm as text, to be read back by `firm_kept`."""
    joined = {"sounds": " ".join(firm.sounds), "telephones": " ".join(sorted(firm.telephones))}
    return {**firm._asdict(), **joined}


def firm_kept(core: str, kept: str, place: str, sounds: str, telephones: str, street: str) -> Firm:
    return Firm(core, kept, place, tuple(sounds.split()), frozenset(telephones.split()), street)


@lru_cache(maxsize=20_000)
def firm_of(name: str, address: str = "", telephone: str = "") -> Firm:
    """A firm from what is said of it; a place may stand before, within or in brackets."""
    found = name_of(name)
    kept, place = found.core, found.place
    if not place:
        kept, place = _place_within(kept)
    kept = (_LEGAL.sub("", kept) or kept)[:LONGEST_NAME]
    core = _bare(kept)
    return Firm(
        core=core,
        kept=kept,
        place=place or name_of(f"{address[:20]}号").place,
        sounds=tuple(sound_of(core).split()),
        telephones=frozenset(_telephones(telephone)),
        street=_street(address),
    )


def _place_within(core: str) -> tuple[str, str]:
    """恒达杭州五金: a place behind the first two signs."""
    for at in range(2, max(2, len(core) - 1)):
        found = name_of(core[at:])
        if found.place and len(found.core) >= 1 and found.core != core[at:]:
            return core[:at] + found.core, found.place
    return core, ""


def _bare(core: str) -> str:
    """Without the words that say of what kind it is, as long as a name of two signs is left."""
    for words in (_KIND, _PURPOSE, _PURPOSE):
        shorter = words.sub("", core)
        if len(shorter) >= 2:
            core = shorter
    return core


def _telephones(text: str) -> Iterator[str]:
    """Numbers by their last eight digits, whatever stands before or between."""
    plain = unicodedata.normalize("NFKC", text)
    joined = re.sub(r"(?<=[0-9])[\s\-—()]+(?=[0-9])", "", plain)
    for number in _TELEPHONE.findall(joined):
        yield number[-8:]


def _street(address: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", address).split())
    plain = re.split(r"[省市区县镇]", plain)[-1]
    found = _STREET.search(plain)
    return f"{found[1]}{found[2]}" if found else ""


def keys_of(firm: Firm) -> set[str]:
    """What a firm is found by."""
    sounds = firm.sounds
    keys = set(sounds) | {f"{one} {other}" for one, other in pairwise(sounds)}
    keys |= {f"#{number}" for number in firm.telephones}
    if firm.place:
        keys.add(f"@{firm.place}")
    if firm.street:
        keys.add(f"%{firm.street}")
    return {key[:LONGEST_KEY] for key in keys}


def likeness(one: Firm, other: Firm) -> int:
    """How alike two firms are, 0 to 100. Place, telephone and street add and take away."""
    alike = max(_names_alike(one, other), _contained(one, other))
    if one.place and other.place:
        alike += 0.04 if one.place == other.place else -0.12
    if one.kept == other.kept:
        alike += 0.02
    if one.street and one.street == other.street:
        alike = max(alike + 0.1, 0.7)
    if one.telephones & other.telephones:
        alike = max(alike + 0.1, 0.9)
    return round(100 * min(max(alike, 0.0), 1.0))


def _names_alike(one: Firm, other: Firm) -> float:
    """By signs and by sound, in their order or in any."""
    signs, sounds = _close(one.core, other.core), _close(one.sounds, other.sounds)
    if one.core == other.core:
        return 0.96
    if one.sounds == other.sounds:
        return 0.92
    ordered = 0.5 * signs + 0.5 * sounds
    mixed = 0.93 * _close(sorted(one.sounds), sorted(other.sounds))
    return min(0.9, max(ordered, mixed))


def _close(one: Sequence[str], other: Sequence[str]) -> float:
    return float(Indel.normalized_similarity(one, other))


def _contained(one: Firm, other: Firm) -> float:
    """An abbreviation: all signs of the shorter stand in the longer, in their order."""
    short, long = sorted((one.core, other.core), key=len)
    if len(short) < 2 or len(short) == len(long):
        return 0.0
    begins = long.startswith(short)
    rest = iter(long)
    if not begins and not all(sign in rest for sign in short):
        return 0.0
    return (0.78 if begins else 0.66) + 0.1 * len(short) / len(long)


def best(wanted: Firm, known: Iterable[tuple[int, Firm]], most: int) -> list[tuple[int, int]]:
    """Those alike enough to be told, the most alike first: (id, how alike)."""
    found = ((pk, likeness(wanted, firm)) for pk, firm in known)
    alike = [(pk, score) for pk, score in found if score >= ALIKE_FROM]
    return sorted(alike, key=lambda each: (-each[1], each[0]))[:most]
