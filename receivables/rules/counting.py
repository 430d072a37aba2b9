"""Cash counted at the counter, and how a difference can be settled (SLIP-3). Pure."""

from collections.abc import Mapping
from decimal import Decimal

from core.money import ZERO, total

DENOMINATIONS = tuple(
    Decimal(each) for each in ("100", "50", "20", "10", "5", "1", "0.5", "0.1", "0.01")
)
"""The notes and coins there are, in yuan, the largest first; the last is the fen 分."""
MOST_OF_ONE = 99_999

MADE_GOOD, RECORDED_WRONG = "made_good", "recorded_wrong"
GIVEN_BACK, BORNE = "given_back", "borne"


def cash_of(counts: Mapping[Decimal, int]) -> Decimal:
    """What so many of each note and coin come to, in yuan.

    Raises `ValueError` for a note that does not exist, or a number that counts nothing.
    """
    for note, many in counts.items():
        if note not in DENOMINATIONS:
            raise ValueError(f"there is no note of {note}")
        if not isinstance(many, int) or not 0 <= many <= MOST_OF_ONE:
            raise ValueError(f"{many} of {note}")
    return total(note * many for note, many in counts.items()).quantize(ZERO)


def kept_counts(counts: Mapping[Decimal, int]) -> dict[str, int]:
    """The counts as they are kept: `{"100": 12, "0.5": 1}`, the largest first, without zeros."""
    return {str(note): counts[note] for note in DENOMINATIONS if counts.get(note)}


def ways_to_settle(difference: Decimal, *, brought: bool) -> tuple[str, ...]:
    """How finance may settle a difference: of cash missing (below nothing) or too much.

    `brought`: the missing cash has been counted meanwhile; then there is nothing else to say.
    """
    if brought:
        return (MADE_GOOD,)
    return (RECORDED_WRONG, BORNE) if difference < 0 else (RECORDED_WRONG, GIVEN_BACK)
