"""Companies' names in their parts: what one is called, where it is, how it sounds. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from core.pinyin import syllables
from customers.rules.places import LONGEST, PLACES, PROVINCES

LONGEST_NAME = 120
_BRACKETS = re.compile(r"[(\[{<【〔「](.*?)[)\]}>】〕」]")
_NOT_NAME = re.compile(r"[\W_]+")
_LEGAL = re.compile(
    r"(?:股份有限责任|有限责任|股份有限|集团有限|控股有限|有限|股份|集团|总)?公司$|(?:集团|股份)$"
)
_LEVEL = re.compile(r"^(?:省|市|县|区|自治区|特别行政区|壮族自治区|回族自治区|维吾尔自治区)")
_SOUNDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


@dataclass(frozen=True, slots=True)
class Name:
    """A company's name in its parts: where it is, and what it is called without its legal form."""

    core: str
    place: str = ""


@lru_cache(maxsize=50_000)
def name_of(text: str) -> Name:
    """A name as it is compared: half width, no blanks, place and legal form set aside."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_NAME]).lower()
    plain = "".join(plain.split())
    plain, place = _bracketed(plain)
    whole = _NOT_NAME.sub("", plain)
    before, core = _place_before(_LEGAL.sub("", whole))
    return Name(core or whole, place or before)


def _bracketed(plain: str) -> tuple[str, str]:
    """宏安(宁波)电器: the place out of the brackets; what else stands in them stays."""
    for inside in _BRACKETS.findall(plain):
        place, rest = _place_before(inside)
        if place and not rest:
            return _BRACKETS.sub("", plain, count=1), place
    return plain, ""


def _place_before(text: str) -> tuple[str, str]:
    """浙江省宁波市宏安: the place that stands before a name, a city in a province, and the name.

    A second city is a part of the name: 宁波中山贸易 is called 中山贸易.
    """
    found = _place_at_start(text)
    rest = _LEVEL.sub("", text[len(found) :], count=1) if found else text
    if found in PROVINCES and (city := _place_at_start(rest)):
        within = _LEVEL.sub("", rest[len(city) :], count=1)
        if len(within) > 1:
            return city, within
    return found, rest


def _place_at_start(text: str) -> str:
    longest = min(LONGEST, len(text))
    return next((text[:n] for n in range(longest, 1, -1) if text[:n] in PLACES), "")


@lru_cache(maxsize=50_000)
def sound_of(core: str) -> str:
    """A name as it sounds in Ningbo: zh like z, -ng like -n, l like n at the beginning."""
    return " ".join(_folded(syllable) for syllable in syllables(core))


def _folded(syllable: str) -> str:
    for sound, plain in _SOUNDS:
        syllable = syllable.replace(sound, plain)
    return "l" + syllable[1:] if syllable.startswith("n") else syllable
