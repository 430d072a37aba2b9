"""What the documents prescribe for an offence, who decides, until when somebody is heard
(DIS-1, DIS-2, DIS-3). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop

from payroll.rules.appeals import Decider, Party, decider_of
from policy.rules import PolicyBook
from policy.workdays import Workdays

FORFEIT, DEMOTION, DISMISSAL = "forfeit", "demotion", "dismissal"
WITH_AMOUNT = frozenset({"fine", "bonus_cut"})
TWO_SIDED = frozenset({"poaching", "shifting"})
"""Both sides are named and both are decided on, and the whole company is told (DIS-3)."""
ALWAYS, WHEN_GRAVE, SECOND_TIME, NEVER = "always", "grave", "second", ""


@dataclass(frozen=True, slots=True)
class Prescribed:
    """What the documents say of one offence. `sanction` empty: by gravity, as the decider finds.

    `dismissal`: when it is prescribed. `besides`: what else they say, as texts to be translated.
    """

    clauses: tuple[str, ...]
    sanction: str = ""
    dismissal: str = NEVER
    besides: tuple[str, ...] = ()

    @property
    def is_free(self) -> bool:
        return not self.sanction and self.dismissal == NEVER


_POACHED = Prescribed(
    ("S9-2.4",),
    FORFEIT,
    SECOND_TIME,
    (gettext_noop("Both sides are decided on, and the whole company is told."),),
)
CATALOGUE: Mapping[str, Prescribed] = {
    "fighting": Prescribed(("S9-2.2",), FORFEIT, WHEN_GRAVE),
    "image": Prescribed(("S9-2.3",), FORFEIT),
    "poaching": _POACHED,
    "shifting": _POACHED,
    "property": Prescribed(
        ("S9-2.5",),
        besides=(
            gettext_noop("On purpose: compensation, and the police."),
            gettext_noop("By accident: the cost price, as a damage (GOOD-2)."),
        ),
    ),
    "company_name": Prescribed(("S9-2.6",), FORFEIT, ALWAYS, (gettext_noop("The police."),)),
    "secrets": Prescribed(
        ("S9-2.7",), FORFEIT, ALWAYS, (gettext_noop("A lawsuit, by what the contract says."),)
    ),
    "bribe": Prescribed(("S7.5",)),
    "false_advertising": Prescribed(("S7.5", "S6.19")),
    "forcing": Prescribed(("S7.5",)),
    "privacy": Prescribed(("S7.5",)),
    "harassment": Prescribed(("S6.20",)),
    "language": Prescribed(("S6.17",)),
    "drinking": Prescribed(("S1.3",)),
    "gambling": Prescribed(("S1.3",)),
    "cliques": Prescribed(("S1.3",)),
    "dress": Prescribed(("S9-3.3",)),
    "idling": Prescribed(("S9-3.5",)),
    "private_calls": Prescribed(("S9-3.4",)),
    "other": Prescribed(("S3.14",)),
}
"""DIS-2, offence by offence."""


@dataclass(frozen=True, slots=True)
class Prescription:
    """What is prescribed in one case: sanction (empty: by gravity) and what is proposed besides."""

    sanction: str = ""
    proposes: str = ""


def is_second(offence: str, times_before: int) -> bool:
    """Whether poaching or shifting stands against the same person already (DIS-3).

    `times_before`: earlier decisions on poaching or shifting, of either kind, that were not
    annulled.
    """
    return offence in TWO_SIDED and times_before > 0


def prescription(offence: str, *, grave: bool = False, second: bool = False) -> Prescription:
    """What the catalogue prescribes, for a grave case, and for a second one (DIS-2, DIS-3)."""
    found = CATALOGUE[offence]
    due = {ALWAYS: True, WHEN_GRAVE: grave, SECOND_TIME: second, NEVER: False}[found.dismissal]
    return Prescription(found.sanction, DISMISSAL if due else "")


def departs(
    offence: str, sanction: str, proposes: str, *, grave: bool = False, second: bool = False
) -> bool:
    """Whether a decision is another than the one prescribed: it needs its reason (DIS-2)."""
    if CATALOGUE[offence].is_free:
        return False
    return Prescription(sanction, proposes) != prescription(offence, grave=grave, second=second)


def reply_by(day: date, workdays: Workdays, book: PolicyBook) -> date:
    """The last day to reply in a hearing that begins on a day: so many workdays after it (DIS-1).

    The version in force on that day counts (TIME-5).
    """
    for _n in range(book.on(day).hearing_workdays):
        day = workdays.next_after(day)
    return day


def may_be_decided(*, replied: bool, until: date, today: date) -> bool:
    """Whether somebody has been heard: they replied, or the whole of the last day is over."""
    return replied or today > until


def case_goes_to(about: Iterable[Party], barred: Iterable[Party]) -> str:
    """The role that decides on a case (ORG-1, DIS-1): the manager; the manager's own the leader,
    the leader's personnel. A role held by somebody barred (who reported it, whoever rivals one it
    is about) is passed over."""
    roles = frozenset[str]().union(*(each.roles for each in about))
    return decider_of(Party("", roles), barred).value


def proposal_goes_to(about: Party, barred: Iterable[Party]) -> str:
    """The role a demotion or dismissal is proposed to: the leader, or personnel where it is the
    leader's own or the leader is barred."""
    held = about.roles.union(*(each.roles for each in barred))
    return (Decider.PERSONNEL if "leader" in held else Decider.LEADER).value
