"""What of the news from the road the manager hears at once (INFO-1, S8.7), and how tags are read.
Pure."""

import re
import unicodedata

KEY_LEVEL = "A"
"""The level of a customer that means a key customer."""
MOST_TAGS, LONGEST_TAG = 8, 20
_BETWEEN = re.compile(r"[\s,;，；、#＃]+")


def is_important(*, urgent: bool, kind: str, level: str) -> bool:
    """Whether the manager is told at once (INFO-1): what is marked urgent, and news on a key
    customer: by the customer's `level` (empty: none is named), or because it is filed as that."""
    return urgent or kind == "customer" or level == KEY_LEVEL


def tags_in(typed: str) -> list[str]:
    """The tags that somebody typed, each once, in their order: between blanks, commas or #."""
    plain = unicodedata.normalize("NFKC", typed)
    words = (word.lower() for word in _BETWEEN.split(plain) if word)
    return list(dict.fromkeys(words))
