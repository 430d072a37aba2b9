"""Who reports, replies, decides and objects (DIS-1, ORG-1). Which cases one sees: `querysets`."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Person
from conduct.cases.reads import barred_from
from conduct.models import Objection, Proceeding, Proposal, Subject, Suspicion, Verdict
from conduct.suspicions.permissions import can_decide_suspicion
from core import clock
from core.files.models import StoredFile
from core.months import Month
from core.permissions import ALLOWED, Decision
from payroll.models import PayMonth


def can_report(user: Any) -> Decision:
    """Report something, and look at the cases one is concerned in: whoever works here."""
    if user.person is not None:
        return ALLOWED
    return Decision(False, _("Cases are for whoever works here."))


def may_judge(user: Any, role: str, about: Iterable[int], barred: Iterable[int]) -> Decision:
    """Whether somebody decides as `role`: never whom it is `about`, who reported it, nor a rival;
    nor whoever stands in for one of these alone."""
    out = {*about, *barred}
    if user.person_id is None:
        return Decision(False, _("Cases are for whoever works here."))
    if user.person_id in set(about):
        return Decision(False, _("Nobody decides on what is their own."))
    if user.person_id in out:
        return Decision(
            False, _("Who reported it, and whoever rivals one of them, decides nothing.")
        )
    places = [(user.person_id, user.person.role_set)]
    places += [(each.absent_id, each.role_set) for each in user.stand_ins]
    if any(role in roles and whose not in out for whose, roles in places):
        return ALLOWED
    return Decision(False, _("This is decided by somebody else."))


def can_judge(user: Any, row: Proceeding) -> Decision:
    """Begin the hearing, dismiss a report, decide of each (DIS-1)."""
    about = [each.person_id for each in row.subjects.all()]
    return may_judge(user, row.goes_to, about, [each.pk for each in barred_from(row)])


def can_reply(user: Any, subject: Subject) -> Decision:
    """Say one's side: whom it is about, once, from the hearing on until it is decided."""
    if user.person_id is None or user.person_id != subject.person_id:
        return Decision(False, pgettext("conduct", "Whom it is about says their side."))
    if subject.proceeding.state != Proceeding.State.HEARING or hasattr(subject, "verdict"):
        return Decision(False, _("There is nothing to reply to now."))
    if subject.replied_at is not None:
        return Decision(False, _("You have replied already."))
    return ALLOWED


def can_object(user: Any, verdict: Verdict) -> Decision:
    """Object to what was decided of oneself, once, while the month of the decision is not final
    (PAY-3)."""
    if user.person_id is None or user.person_id != verdict.subject.person_id:
        return Decision(False, _("Whom it is about may object."))
    if not verdict.proven:
        return Decision(False, _("Nothing was decided against you."))
    if hasattr(verdict, "objection"):
        return Decision(False, _("You have objected already."))
    if is_too_late(verdict):
        return Decision(False, _("The month is final: it cannot be objected to any more."))
    return ALLOWED


def is_too_late(verdict: Verdict) -> bool:
    """Whether the month of the decision is final. One query."""
    month = Month.of(clock.local_date(verdict.at))
    return PayMonth.objects.filter(month=month, state=PayMonth.State.FINAL).exists()


def _subject_and(row: Proceeding, *others: Any) -> list[int]:
    people = [each.pk for each in barred_from(row)]
    return [*people, *(each.person_id for each in others if each is not None and each.person_id)]


def can_decide_objection(user: Any, objection: Objection) -> Decision:
    """Another than who decided, who reported, and whoever rivals one of them (PAY-3)."""
    verdict = objection.verdict
    row = verdict.subject.proceeding
    about = [each.person_id for each in row.subjects.all()]
    return may_judge(user, objection.goes_to, about, _subject_and(row, verdict.by))


def can_decide_proposal(user: Any, proposal: Proposal) -> Decision:
    """The leader; personnel where it is the leader's own (ORG-1)."""
    row = proposal.verdict.subject.proceeding
    about = [each.person_id for each in row.subjects.all()]
    return may_judge(user, proposal.goes_to, about, _subject_and(row))


def can_open_case_of(user: Any, suspicion: Suspicion) -> Decision:
    """Make a case of a suspicion that was taken up: who decides on it (DIS-3)."""
    decision = getattr(suspicion, "decision", None)
    if decision is None or decision.outcome != "taken_up":
        return Decision(False, _("Cases come of a suspicion that was taken up."))
    return can_decide_suspicion(user, suspicion)


def sees_whole(user: Any, row: Proceeding) -> bool:
    """Whether somebody sees all of a case, and not their own part alone. One query."""
    return bool(Proceeding.objects.judged_by(user).filter(pk=row.pk).exists())


def can_open_evidence(user: Any, file: StoredFile) -> bool:
    """What was sent with a report is opened by whoever may see the case now."""
    rows = Proceeding.objects.visible_to(user)
    return file.owner.isdecimal() and rows.filter(pk=int(file.owner)).exists()


def can_open_reply(user: Any, file: StoredFile) -> bool:
    """What was sent with a reply: by who sent it and who sees the whole case, no other side."""
    if not file.owner.isdecimal():
        return False
    subjects = Subject.objects.filter(pk=int(file.owner))
    if user.person_id is not None and subjects.filter(person=user.person_id).exists():
        return True
    judged = Proceeding.objects.judged_by(user).order_by().values("pk")
    return subjects.filter(proceeding__in=judged).exists()


def evidence_concerns(file: StoredFile) -> str:
    """Whom a report's file concerns; where it is several, nobody alone; nor anybody before the
    hearing: who looks through the openings of their own file would hear of the case by it."""
    heard: dict[str, str | bool] = {
        "proceeding": file.owner,
        "proceeding__hearing_at__isnull": False,
    }
    return _only(Person.objects.filter(pk__in=_people_of(**heard)))


def reply_concerns(file: StoredFile) -> str:
    return _only(Person.objects.filter(pk__in=_people_of(pk=file.owner)))


def _people_of(**which: str | bool) -> Any:
    return Subject.objects.filter(**which).order_by().values("person")


def _only(people: Any) -> str:
    found = list(people.values_list("employee_no", flat=True)[:2])
    return found[0] if len(found) == 1 else ""
