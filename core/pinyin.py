"""How hanzi are read.

The library loads its dictionaries as soon as it is imported, a quarter of a second that most
processes never need: here it is imported when the first name is read.
"""


def syllables(text: str, *, apart: bool = False) -> list[str]:
    """The reading of each sign, as the text as a whole has it read, without tones; what is no hanzi
    stays as it is, together or (`apart`) sign by sign."""
    from pypinyin import lazy_pinyin

    if not apart:
        return lazy_pinyin(text)
    return lazy_pinyin(text, errors=lambda other: list(other))  # type: ignore[arg-type, return-value]


def first_letters(text: str) -> list[str]:
    """The first letter of each reading; what is no hanzi stays as it is, together."""
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(text, style=Style.FIRST_LETTER)
