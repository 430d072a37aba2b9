"""Finding a name by what somebody types: the name, its pinyin, or a number."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin


@lru_cache(maxsize=20_000)
def spellings(name: str) -> tuple[str, str]:
    """A name in pinyin: in full and by its first letters."""
    full = "".join(lazy_pinyin(name)).lower()
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return full, initials


def matches(wanted: str, employee_no: str, name: str) -> bool:
    """Whether what was typed names this person: part of the number, the name, or its pinyin."""
    wanted = "".join(wanted.lower().split())
    if wanted in employee_no.lower() or wanted in name.lower():
        return True
    full, initials = spellings(name)
    return wanted in full or initials.startswith(wanted)
