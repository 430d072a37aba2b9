"""How often one may guess, and for how long one waits afterwards. Pure.

Nobody is shut out for good: a limit is so many tries within a time, and the oldest of them leaves
that time by itself. Who is counted against what:

- a device that signed in to this account before: only its own tries, so that nobody else's count;
- an address from which this account was signed in to before: the tries from there at this account;
- a stranger: these, and in addition all strangers' tries at this account (thousands of addresses
  against one password), and all strangers' tries from this address (one address against everybody).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries within that time."""

    tries: int
    within: timedelta


QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)

# What is guessed: a password, a code of the second factor, the address of a customer's link; or a
# letter that is asked for.
PASSWORD, CODE, LETTER, LINK = "password", "code", "letter", "link"

DEVICE = Limit(10, QUARTER)
PAIR = Limit(5, QUARTER)
# One address alone comes to 20 an hour: it takes several to slow down all strangers.
ACCOUNT = Limit(40, HOUR)
# An office of thirty where everybody mistypes three times in the same hour stays below.
ADDRESS = Limit(200, HOUR)
# Whoever guesses codes knows the password already.
ACCOUNT_CODES = Limit(20, HOUR)
LETTERS_TO, LETTERS_FROM = Limit(3, HOUR), Limit(20, HOUR)
LONGEST = HOUR


@dataclass(frozen=True, slots=True)
class Guess:
    """One try that came to nothing (or is still under way)."""

    at: datetime
    kind: str
    account: str
    address: str
    device: str = ""
    stranger: bool = True


def wait_of(limit: Limit, tries: Iterable[datetime], now: datetime) -> timedelta:
    """How long until one more may be tried; nothing where it may be now."""
    recent = sorted((at for at in tries if now - at < limit.within), reverse=True)
    if len(recent) < limit.tries:
        return timedelta()
    return recent[limit.tries - 1] + limit.within - now


def guess_wait(guess: Guess, earlier: Iterable[Guess]) -> timedelta:
    """How long whoever makes this guess has to wait first, after those made earlier."""
    same = [it for it in earlier if it.kind == guess.kind]
    limits: list[tuple[Limit, list[Guess]]] = []
    here = [it for it in same if it.account == guess.account]
    if guess.kind == LETTER:
        limits.append((LETTERS_TO, here))
        limits.append((LETTERS_FROM, [it for it in same if it.address == guess.address]))
    elif guess.device:
        limits.append((DEVICE, [it for it in here if it.device == guess.device]))
    else:
        from_there = [it for it in here if it.address == guess.address and not it.device]
        limits.append((PAIR, from_there))
    if guess.kind != LETTER and guess.stranger:
        strangers = [it for it in same if it.stranger]
        at_account = [it for it in strangers if it.account == guess.account]
        limits.append((ACCOUNT_CODES if guess.kind == CODE else ACCOUNT, at_account))
        limits.append((ADDRESS, [it for it in strangers if it.address == guess.address]))
    return max(wait_of(limit, [it.at for it in tries], guess.at) for limit, tries in limits)
