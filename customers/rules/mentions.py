"""Who is named in a text by an @ before them. Pure."""

from collections.abc import Mapping

MARKS = ("@", "＠")


def mentioned(text: str, people: Mapping[int, tuple[str, str]]) -> set[int]:
    """The ids of those whose number or name follows an @; of two names of which one begins the
    other, the longer is meant."""
    names = sorted(
        ((called.lower(), pk) for pk, both in people.items() for called in both if called),
        key=lambda each: -len(each[0]),
    )
    found: set[int] = set()
    plain = text.lower()
    for at in (i for i, sign in enumerate(plain) if sign in MARKS):
        after = plain[at + 1 :]
        meant = next((called for called, _pk in names if after.startswith(called)), None)
        found |= {pk for called, pk in names if called == meant}
    return found
