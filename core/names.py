"""Finding a name by what somebody types: the name, its pinyin, or a number."""

from functools import lru_cache

from core.pinyin import first_letters, syllables


@lru_cache(maxsize=20_000)
def spellings(name: str) -> tuple[str, str]:
    """A name in pinyin: in full and by its first letters."""
    full = "".join(syllables(name)).lower()
    initials = "".join(first_letters(name)).lower()
    return full, initials


def matches(wanted: str, employee_no: str, name: str) -> bool:
    """Whether what was typed names this person: part of the number, the name, or its pinyin.

    Typed in any case and with any blanks; hanzi and pinyin may be mixed (`吴w`).
    """
    wanted = "".join(wanted.lower().split())
    if wanted in employee_no.lower() or wanted in name.lower():
        return True
    full, initials = spellings(name)
    if wanted in full or initials.startswith(wanted):
        return True
    return not wanted.isascii() and _is_mixed(wanted, name.lower())


@lru_cache(maxsize=20_000)
def _signs(name: str) -> tuple[str, ...]:
    """The pinyin of each sign of a name, as the name as a whole has it read."""
    return tuple(syllables(name, apart=True))


def _is_mixed(wanted: str, name: str) -> bool:
    """Whether each sign of a name, from its first on, is there as hanzi, in pinyin or by its first
    letter, as with somebody who changed from one to the other on the way."""
    for sign, full in zip(name, _signs(name), strict=False):
        if not wanted:
            return True
        begins = next((each for each in (sign, full, full[:1]) if wanted.startswith(each)), None)
        if begins is None:
            return full.startswith(wanted)
        wanted = wanted[len(begins) :]
    return not wanted
