"""Cases for tests, of the cast, on Monday, 2 November 2026, 09:00."""

from typing import Any
from uuid import uuid4

from accounts.models import Person, User
from conduct.cases.services import (
    Decided,
    Reported,
    hearing_begin,
    hearing_reply,
    proceeding_report,
    verdict_give,
)
from conduct.models import Proceeding, Subject, Verdict
from core import clock
from notices.models import Notice
from tests.cast import MANAGER, MATE, SHE, SUPERVISOR

FORFEIT = Decided(proven=True, reason="both admitted it", sanction="forfeit")


def user(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


def person(no: str) -> Person:
    return Person.objects.get(employee_no=no)


def reported(
    *about: str, by: str = SUPERVISOR, offence: str = "poaching", files: Any = ()
) -> Proceeding:
    """Reported by the supervisor, about her and her mate."""
    people = tuple(person(no) for no in about or (SHE, MATE))
    said = Reported(offence, clock.today(), "she took the order", people)
    return proceeding_report(
        reported=said, files=files, token=uuid4(), reporter=person(by), actor=user(by)
    )


def heard(*about: str, by: str = MANAGER, **said: Any) -> Proceeding:
    """The manager has begun the hearing."""
    return hearing_begin(row=reported(*about, **said), actor=user(by))


def side(row: Proceeding, no: str = SHE) -> Subject:
    return row.subjects.get(person__employee_no=no)


def reply(row: Proceeding, no: str = SHE, text: str = "it was mine") -> Subject:
    return hearing_reply(subject=side(row, no), text=text, token=uuid4(), actor=user(no))


def decide(
    row: Proceeding, no: str = SHE, decided: Decided = FORFEIT, by: str = MANAGER
) -> Verdict:
    row.refresh_from_db()
    return verdict_give(subject=side(row, no), version=row.version, decided=decided, actor=user(by))


def decided(*about: str, decided: Decided = FORFEIT, **said: Any) -> Proceeding:
    """All have replied, and the manager has decided the same of each."""
    row = heard(*about, **said)
    for no in about or (SHE, MATE):
        reply(row, no)
        decide(row, no, decided)
    row.refresh_from_db()
    return row


def told(no: str) -> set[str]:
    """What somebody's inbox says."""
    return set(Notice.objects.filter(person__employee_no=no).values_list("text", flat=True))
